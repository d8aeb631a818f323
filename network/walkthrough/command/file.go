package command

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// WriteFile writes a file so that whatever happens, the name has either its old content or the
// whole new one, with the permissions that it had. A link to a file is followed. What cannot be written is
// refused before write is called.
func WriteFile(name string, write func(io.Writer) error) error {
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		target = name // there is none yet
	}
	err = replace(target, write)
	var inFile *fs.PathError
	if errors.As(err, &inFile) {
		err = inFile.Err // without the name of the file beside it
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// replace writes a file beside the target and then renames it.
func replace(target string, write func(io.Writer) error) error {
	old, err := os.Stat(target)
	switch {
	case err != nil: // there is none yet, or creating one says what is wrong
	case !old.Mode().IsRegular():
		return errors.New("found something that is no regular file, expected a file to write")
	case old.Mode()&0o222 == 0:
		return errors.New("found a file that is read-only, expected one to write")
	}
	// With os.CreateTemp, others could not read a new file.
	beside := fmt.Sprintf("%s.%d.tmp", target, rand.Uint32())
	file, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer os.Remove(beside) // it is gone if all went well
	if old != nil {
		err = file.Chmod(old.Mode().Perm())
	}
	out := bufio.NewWriter(file)
	err = errors.Join(err, write(out), out.Flush(), file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(beside, target)
}

// CheckWritable returns an error if WriteFile could not begin, so that a long training does not
// end with nowhere to put its result. The name "" is fine.
func CheckWritable(name string) error {
	if name == "" {
		return nil
	}
	begun := errors.New("it could begin")
	err := WriteFile(name, func(io.Writer) error { return begun })
	if errors.Is(err, begun) {
		return nil
	}
	return err
}

// SameFile reports whether the two names are of one file, whether it is there yet or not. The
// name "" is of none, nor is "-".
func SameFile(a, b string) bool {
	if a == "" || b == "" || b == "-" {
		return false
	}
	aInfo, aErr := os.Stat(a)
	bInfo, bErr := os.Stat(b)
	if aErr != nil && bErr != nil && filepath.Base(a) == filepath.Base(b) {
		aInfo, aErr = os.Stat(filepath.Dir(a))
		bInfo, bErr = os.Stat(filepath.Dir(b))
	}
	return aErr == nil && bErr == nil && os.SameFile(aInfo, bInfo)
}
