//go:build !linux

package main

import "errors"

func mount(string, string) error { return errors.ErrUnsupported }

func unmount(string) error { return errors.ErrUnsupported }

func limitFiles(int) (func() error, error) { return nil, errors.ErrUnsupported }
