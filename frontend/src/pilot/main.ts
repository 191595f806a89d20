import '../ui/base.css';
import './picture.css';
import { mount } from 'svelte';
import Pilot from './Pilot.svelte';

mount(Pilot, { target: document.getElementById('app')! });
