import '../ui/base.css';
import { mount } from 'svelte';
import Pilot from './Pilot.svelte';

mount(Pilot, { target: document.getElementById('app')! });
