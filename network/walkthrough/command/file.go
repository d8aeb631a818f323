package command

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// create opens a file beside the one with the given name, to be written and
// then renamed to target. The name must be free, or be a regular file or a link
// to one, and one that may be written.
func create(name string) (file *os.File, target string, err error) {
	if target, err = filepath.EvalSymlinks(name); err != nil {
		target = name // there is none yet
	}
	mode := fs.FileMode(0o666)
	info, err := os.Stat(target)
	if err == nil {
		mode = info.Mode().Perm()
		switch {
		case !info.Mode().IsRegular():
			return nil, "", fmt.Errorf("%s: found something that is no regular file, expected a file to write", name)
		case mode&0o222 == 0:
			return nil, "", fmt.Errorf("%s: found a file that is read-only, expected one to write", name)
		}
	}
	for i := 1; i <= 100; i++ { // a program that was killed may have left some
		beside := fmt.Sprintf("%s.%d.tmp", target, i)
		file, err = os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	if err == nil && info != nil {
		err = file.Chmod(mode) // whatever the umask
	}
	return file, target, named(name, err)
}

// named returns err with the file's name, not with that of the one beside it.
func named(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// CheckWritable returns an error if WriteFile could not begin, so that a long
// training does not end with nowhere to put its result. The name "" is fine.
func CheckWritable(name string) error {
	if name == "" {
		return nil
	}
	file, _, err := create(name)
	if file == nil {
		return err
	}
	return errors.Join(err, file.Close(), os.Remove(file.Name()))
}

// WriteFile writes a file so that whatever happens, the name has either its
// old content or the whole new one: it is written beside and then renamed.
func WriteFile(name string, write func(io.Writer) error) error {
	file, target, err := create(name)
	if file == nil {
		return err
	}
	out := bufio.NewWriter(file)
	if err == nil {
		err = errors.Join(write(out), out.Flush(), file.Sync())
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(file.Name(), target)
	}
	if err != nil {
		os.Remove(file.Name())
	}
	return named(name, err)
}

// SameFile reports whether the two names are of one file, whether it is there
// yet or not. The name "" is of none, nor is "-".
func SameFile(a, b string) bool {
	if a == "" || b == "" || b == "-" {
		return false
	}
	aInfo, aErr := os.Stat(a)
	bInfo, bErr := os.Stat(b)
	if aErr == nil && bErr == nil {
		return os.SameFile(aInfo, bInfo)
	}
	return aErr != nil && bErr != nil && place(a) == place(b)
}

// place returns the absolute name of a file that is not there yet.
func place(name string) string {
	folder, file := filepath.Split(name)
	if real, err := filepath.EvalSymlinks(filepath.Clean(folder)); err == nil {
		name = filepath.Join(real, file)
	}
	if full, err := filepath.Abs(name); err == nil {
		return full
	}
	return name
}
