package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// OpenKeys reads the key file, and makes it with mode 0600 when there is none:
// whoever calls it has seen that no database wants an older one (DB.Keyed).
// It refuses a file that others than its owner may read or write, and never
// overwrites one. made tells that the file is new and wants a backup.
func OpenKeys(path string) (keys *Keys, made bool, err error) {
	keys, err = ReadKeys(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return keys, false, err
	}
	fresh, err := NewKeys()
	if err != nil {
		return nil, false, err
	}
	switch err := fresh.create(path); {
	case errors.Is(err, fs.ErrExist): // another process was first
		keys, err := ReadKeys(path)
		return keys, false, err
	case err != nil:
		return nil, false, fmt.Errorf("key file %s: %w", path, err)
	}
	fresh.path = path
	return fresh, true, nil
}

// ReadKeys reads the key file and makes none: fs.ErrNotExist when it is not
// there. It refuses a file that others than its owner may read or write.
func ReadKeys(path string) (*Keys, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("key file %s: it is not a file", path)
	}
	if open := info.Mode().Perm() & 0o077; open != 0 {
		return nil, fmt.Errorf("key file %s: others may use it (mode %04o); run chmod 600 on it", path, info.Mode().Perm())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	keys, err := unmarshalKeys(text)
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	keys.path = path
	return keys, nil
}

// create writes the file whole or not at all, and fails when it exists.
func (k *Keys) create(path string) error {
	draft, err := k.draft(path)
	if err != nil {
		return err
	}
	defer os.Remove(draft)
	if err := os.Link(draft, path); err != nil {
		return err
	}
	return syncFolder(path)
}

// replace swaps the file at path for these keys; "" is kept in memory only.
func (k *Keys) replace(path string) error {
	if path == "" {
		return nil
	}
	draft, err := k.draft(path)
	if err != nil {
		return err
	}
	if err := os.Rename(draft, path); err != nil {
		return errors.Join(err, os.Remove(draft))
	}
	return syncFolder(path)
}

// draft writes the keys to a new file beside path, safely on disk.
func (k *Keys) draft(path string) (name string, err error) {
	text, err := k.marshal()
	if err != nil {
		return "", err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".keys-*") // mode 0600
	if err != nil {
		return "", err
	}
	_, err = file.Write(text)
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), nil
}

func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
