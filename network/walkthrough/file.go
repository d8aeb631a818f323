package walkthrough

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// create opens a file beside the one with the given name, to be written and
// then renamed to it. That name must be free, or a regular file's.
func create(name string) (*os.File, error) {
	mode := fs.FileMode(0o666)
	if info, err := os.Stat(name); err == nil {
		if !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%s: found something that is no regular file, expected a file to write", name)
		}
		mode = info.Mode().Perm()
	}
	return os.OpenFile(fmt.Sprintf("%s.%d.tmp", name, os.Getpid()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
}

// checkWritable returns an error if writeFile could not begin, so that a long
// training does not end with nowhere to put its result. The name "" is fine.
func checkWritable(name string) error {
	if name == "" {
		return nil
	}
	file, err := create(name)
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// writeFile writes a file so that whatever happens, the name has either its
// old content or the whole new one: it is written beside and then renamed.
func writeFile(name string, write func(io.Writer) error) error {
	file, err := create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	err = errors.Join(write(out), out.Flush(), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		os.Remove(file.Name())
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
