package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestWriteFile(t *testing.T) {
	long := strings.Repeat("0123456789\n", 100000)
	tests := []struct {
		name string
		old  string // "" for no file
		new  string
	}{
		{"new", "", "new"},
		{"new and empty", "", ""},
		{"new and long", "", long},
		{"shorter than before", long, "short"},
		{"longer than before", "short", long},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			name := filepath.Join(t.TempDir(), "file")
			if test.old != "" {
				if err := os.WriteFile(name, []byte(test.old), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			err := WriteFile(name, func(w io.Writer) error {
				_, err := io.WriteString(w, test.new)
				if test.old != "" && readText(t, name) != test.old {
					t.Error("got another old content while writing, want it untouched until the end")
				}
				return err
			})
			if err != nil {
				t.Fatalf("got the error %v, want none", err)
			}
			if got := readText(t, name); got != test.new {
				t.Errorf("got %d bytes, want %d", len(got), len(test.new))
			}
			if got, want := filesIn(t, filepath.Dir(name)), []string{"file"}; !slices.Equal(got, want) {
				t.Errorf("got the files %v, want %v", got, want)
			}
		})
	}
}

// Whatever goes wrong, the old file stays, and nothing beside it.
func TestWriteFileFails(t *testing.T) {
	broken := errors.New("broken")
	for _, bytes := range []int{0, 1, 4095, 4096, 4097, 1000000} {
		for _, old := range []string{"", "old"} {
			t.Run(fmt.Sprintf("after %d bytes, old %q", bytes, old), func(t *testing.T) {
				folder := t.TempDir()
				name, want := filepath.Join(folder, "file"), []string{}
				if old != "" {
					want = append(want, "file")
					if err := os.WriteFile(name, []byte(old), 0o666); err != nil {
						t.Fatal(err)
					}
				}
				err := WriteFile(name, func(w io.Writer) error {
					io.WriteString(w, strings.Repeat("x", bytes))
					return broken
				})
				if !errors.Is(err, broken) || !strings.Contains(err.Error(), name+": ") {
					t.Errorf("got the error %v, want one that has the name and %v", err, broken)
				}
				if old != "" && readText(t, name) != old {
					t.Errorf("got %q in the file, want %q", readText(t, name), old)
				}
				if got := filesIn(t, folder); !slices.Equal(got, want) {
					t.Errorf("got the files %v, want %v", got, want)
				}
			})
		}
	}

	t.Run("renaming", func(t *testing.T) {
		folder := t.TempDir()
		name := filepath.Join(folder, "file")
		err := WriteFile(name, func(io.Writer) error { return os.Mkdir(name, 0o777) })
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got the error %v, want one that has the name", err)
		}
		if got, want := filesIn(t, folder), []string{"file"}; !slices.Equal(got, want) {
			t.Errorf("got the files %v, want only the folder that stood in the way", got)
		}
	})
}

func TestWriteFileKeepsMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such modes here")
	}
	for _, mode := range []os.FileMode{0o600, 0o700} {
		name := writeText(t, "file", "old")
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
		if err := WriteFile(name, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode(); got != mode {
			t.Errorf("got the mode %v, want %v", got, mode)
		}
		if got := readText(t, name); got != "new" {
			t.Errorf("got %q, want new", got)
		}
	}
}

// lockedFolder returns a folder in which the user cannot make a file, or "" where
// there is none.
func lockedFolder(t *testing.T) string {
	t.Helper()
	switch {
	case runtime.GOOS == "linux":
		return "/sys" // not even root can
	case runtime.GOOS == "windows" || runtime.GOOS == "js" || os.Getuid() == 0:
		return ""
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	return folder
}

// What cannot be written is refused by both, with the name, and nothing stays.
func TestCannotWrite(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	type place struct{ name, file, want string }
	tests := []place{
		{"folder", folder, folder + ": found something that is no regular file, expected a file to write"},
		{"missing folder", filepath.Join(folder, "missing", "file"), filepath.Join(folder, "missing")},
		{"file for a folder", filepath.Join(file, "file"), file},
	}
	if locked := lockedFolder(t); locked != "" {
		tests = append(tests, place{"locked folder", filepath.Join(locked, "file"), locked})
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			called := false
			errs := map[string]error{
				"CheckWritable": CheckWritable(test.file),
				"WriteFile":     WriteFile(test.file, func(io.Writer) error { called = true; return nil }),
			}
			for function, err := range errs {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("%s: got the error %v, want %q in it", function, err, test.want)
				}
			}
			if called {
				t.Error("WriteFile: got as far as writing, want it refused before")
			}
		})
	}
	if got, want := filesIn(t, folder), []string{"file"}; !slices.Equal(got, want) {
		t.Errorf("got the files %v, want %v", got, want)
	}
	if got := readText(t, file); got != "old" {
		t.Errorf("got %q, want old", got)
	}
}

func TestCheckWritable(t *testing.T) {
	file := writeText(t, "file", "old")
	folder := filepath.Dir(file)
	for _, name := range []string{"", file, filepath.Join(folder, "new")} {
		if err := CheckWritable(name); err != nil {
			t.Errorf("CheckWritable(%q): got the error %v, want none", name, err)
		}
	}
	if got, want := filesIn(t, folder), []string{"file"}; !slices.Equal(got, want) {
		t.Errorf("got the files %v, want %v", got, want)
	}
	if got := readText(t, file); got != "old" {
		t.Errorf("got %q, want old", got)
	}
}

func TestSameFile(t *testing.T) {
	folder := t.TempDir()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chdir(folder); err != nil {
		t.Fatal(err)
	}
	defer os.Chdir(here)
	for _, name := range []string{"there", "other"} {
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("there", "link"); err != nil {
		t.Skip("no symbolic links here")
	}
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"there", "./there", true}, {"there", filepath.Join(folder, "there"), true}, {"link", "there", true},
		{"there", "other", false}, {"new", "./new", true}, {"new", filepath.Join(folder, "new"), true},
		{"new", "newer", false}, {"new", "there", false}, {"", "", false}, {"-", "-", false}, {"there", "", false},
	} {
		if got := SameFile(test.a, test.b); got != test.want {
			t.Errorf("SameFile(%q, %q): got %v, want %v", test.a, test.b, got, test.want)
		}
	}
}
