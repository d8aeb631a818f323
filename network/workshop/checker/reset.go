package checker

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"backprop/network/walkthrough/command"
)

// runReset puts an exercise, or all of them, back to the start, and says so.
func runReset(w io.Writer, dir string, n int) error {
	name, what := "", file
	if n != allExercises {
		name = exercises[n-1].Name
		what = fmt.Sprintf("Exercise %d, %s,", n, name)
	}
	changed, kept, err := reset(dir, name)
	var b strings.Builder
	switch {
	case err != nil:
		return err
	case !changed:
		fmt.Fprintf(&b, "%s is as at the start already.\n", what)
	case kept == "":
		fmt.Fprintf(&b, "%s is there again, as at the start.\n", what)
	default:
		fmt.Fprintf(&b, "%s is as at the start again. What you had is kept in\n%s/%s\n", what, folder, filepath.Base(kept))
	}
	showForgotten(&b, remember(dir, func(p *progress) { p.forget(n) }))
	_, err = io.WriteString(w, b.String())
	return err
}

// reset puts the exercise of that name, or the whole file if it is "", back to its
// start, and reports whether it was not there already. What is replaced is kept in
// a file beside it, whose name it returns. It works with a file that does not
// compile, too.
func reset(dir, name string) (changed bool, kept string, err error) {
	path := filepath.Join(dir, file)
	if name == "" {
		text, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, "", err
		}
		return replace(path, name, string(text), 0, len(text), start.text)
	}
	s, err := readSource(dir)
	if err != nil {
		return false, "", err
	}
	from, to := s.span(name)
	begin, end := start.span(name)
	anew := start.text[begin:end]
	switch {
	case s.twice[name]:
		return false, "", fmt.Errorf("%s: found func %s twice, expected it once: take one out", file, name)
	case s.funcs[name] == nil && s.decls[name] != nil:
		return false, "", fmt.Errorf("%s: found %s as a variable or a method, expected a func: take it out, or give it another name", file, name)
	case from == to && !s.parsed:
		return false, "", fmt.Errorf("%s does not compile, and the comment above %s is gone, so it is not clear where that is (-reset all puts everything back, and keeps yours)", file, name)
	case from == to: // it is gone: now it stands behind the others
		anew = "\n" + anew + "\n"
	}
	return replace(path, name, s.text, from, to, anew)
}

// replace writes a part of the text anew, and keeps what was there.
func replace(path, name, text string, from, to int, anew string) (changed bool, kept string, err error) {
	if strings.Contains(text, "\r\n") {
		anew = strings.ReplaceAll(anew, "\n", "\r\n")
	}
	if text[from:to] == anew {
		return false, "", nil
	}
	if from < to {
		if kept, err = keep(filepath.Dir(path), name, text[from:to]); err != nil {
			return false, "", err
		}
	}
	return true, kept, save(path, text[:from]+anew+text[to:])
}

func save(path, text string) error {
	return command.WriteFile(path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// keep writes the text into a new file and returns its name.
func keep(dir, name, text string) (string, error) {
	if name == "" {
		name = "exercises"
	}
	for i := 1; ; i++ {
		kept := filepath.Join(dir, fmt.Sprintf("kept_%s_%d.txt", name, i))
		f, err := os.OpenFile(kept, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.WriteString(text + "\n")
		return kept, errors.Join(err, f.Close())
	}
}
