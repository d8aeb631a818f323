package command

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"backprop/data/testkit"
)

// checkFiles checks which files are in a folder.
func checkFiles(t *testing.T, folder string, want ...string) {
	t.Helper()
	if got := testkit.Files(t, folder); !slices.Equal(got, want) {
		t.Errorf("got the files %v, want %v", got, want)
	}
}

func TestWriteFile(t *testing.T) {
	long := strings.Repeat("0123456789\n", 100000)
	for _, test := range []struct {
		name, old, new string // old: "" for no file
	}{
		{"new", "", "new"},
		{"new and empty", "", ""},
		{"new and long", "", long},
		{"shorter than before", long, "short"},
		{"longer than before", "short", long},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "file")
			if test.old != "" {
				file = testkit.WriteFile(t, "file", test.old)
			}
			err := WriteFile(file, func(w io.Writer) error {
				_, err := io.WriteString(w, test.new)
				if test.old != "" && testkit.ReadFile(t, file) != test.old {
					t.Error("got another old content while writing, want it untouched until the end")
				}
				return err
			})
			if err != nil {
				t.Fatalf("got the error %v, want none", err)
			}
			if got := testkit.ReadFile(t, file); got != test.new {
				t.Errorf("got %d bytes, want %d", len(got), len(test.new))
			}
			checkFiles(t, filepath.Dir(file), "file")
		})
	}
}

// Whatever goes wrong, the old file stays, and nothing beside it.
func TestWriteFileFails(t *testing.T) {
	broken := errors.New("broken")
	for _, bytes := range []int{0, 1, 4096, 1000000} {
		for _, old := range []string{"", "old"} {
			t.Run(fmt.Sprintf("after %d bytes, old %q", bytes, old), func(t *testing.T) {
				file := testkit.WriteFile(t, "file", old)
				if old == "" {
					os.Remove(file)
				}
				err := WriteFile(file, func(w io.Writer) error {
					io.WriteString(w, strings.Repeat("x", bytes))
					return broken
				})
				if !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), file+": ") {
					t.Errorf("got the error %v, want one that has the name and %v", err, broken)
				}
				if old == "" {
					checkFiles(t, filepath.Dir(file))
				} else if got := testkit.ReadFile(t, file); got != old {
					t.Errorf("got %q in the file, want %q", got, old)
				} else {
					checkFiles(t, filepath.Dir(file), "file")
				}
			})
		}
	}

	t.Run("renaming", func(t *testing.T) {
		folder := t.TempDir()
		file := filepath.Join(folder, "file")
		err := WriteFile(file, func(io.Writer) error { return os.Mkdir(file, 0o777) })
		if err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("got the error %v, want one that has the name", err)
		}
		checkFiles(t, folder, "file")
	})
}

// The permissions of a file stay, and others may read a new one as far as the user's umask says.
func TestWriteFileKeepsPermissions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such permissions here")
	}
	write := func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }
	usual, err := os.Stat(testkit.WriteFile(t, "file", ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, mode := range []os.FileMode{0, 0o600, 0o722} {
		file, want := testkit.WriteFile(t, "file", "old"), mode
		if mode == 0 { // a new one
			os.Remove(file)
			want = usual.Mode()
		} else if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		if err := WriteFile(file, write); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode() != want {
			t.Errorf("got %v, %v, want the permissions %v", info, err, want)
		}
	}
}

func TestWriteFileFollowsLinks(t *testing.T) {
	file := testkit.WriteFile(t, "file", "old")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(file, link); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := WriteFile(link, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(link); err != nil || to != file {
		t.Errorf("got a link to %q, error %v, want the one to %s", to, err, file)
	}
	if got := testkit.ReadFile(t, file); got != "new" {
		t.Errorf("got %q behind the link, want new", got)
	}
	checkFiles(t, filepath.Dir(link), "link")
}

// lockedFolder returns a folder in which the user cannot make a file, or "" where there is none.
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
	file, readOnly := testkit.WriteFile(t, "file", "old"), testkit.WriteFile(t, "file", "old")
	folder := filepath.Dir(file)
	if err := os.Chmod(readOnly, 0o444); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, path, want string }{
		{"folder", folder, folder + ": found something that is no regular file, expected a file to write"},
		{"read-only file", readOnly, readOnly + ": found a file that is read-only, expected one to write"},
		{"missing folder", filepath.Join(folder, "missing", "file"), filepath.Join(folder, "missing", "file") + ": "},
		{"file for a folder", filepath.Join(file, "file"), filepath.Join(file, "file") + ": "},
	}
	if locked := lockedFolder(t); locked != "" {
		tests = append(tests, struct{ name, path, want string }{"locked folder", filepath.Join(locked, "file"), filepath.Join(locked, "file") + ": "})
	}
	// A socket stands for all devices. A real one, such as /dev/null, would be gone if this failed.
	socket := filepath.Join(t.TempDir(), "s")
	if listener, err := net.Listen("unix", socket); err == nil {
		defer listener.Close()
		tests = append(tests, struct{ name, path, want string }{"device", socket, socket + ": found something that is no regular file"})
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			errs := map[string]error{
				"CheckWritable": CheckWritable(test.path),
				"WriteFile": WriteFile(test.path, func(io.Writer) error {
					t.Error("WriteFile: got as far as writing, want it refused before")
					return nil
				}),
			}
			for function, err := range errs {
				if err == nil || !strings.HasPrefix(err.Error(), test.want) || strings.Contains(err.Error(), ".tmp") {
					t.Errorf("%s: got the error %v, want one that begins with %q", function, err, test.want)
				}
			}
		})
	}
	checkFiles(t, folder, "file")
	checkFiles(t, filepath.Dir(readOnly), "file")
}

func TestCheckWritable(t *testing.T) {
	file := testkit.WriteFile(t, "file", "old")
	for _, name := range []string{"", file, filepath.Join(filepath.Dir(file), "new")} {
		if err := CheckWritable(name); err != nil {
			t.Errorf("CheckWritable(%q): got the error %v, want none", name, err)
		}
	}
	checkFiles(t, filepath.Dir(file), "file")
	if got := testkit.ReadFile(t, file); got != "old" {
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
		{"new", "newer", false}, {"new", "there", false}, {"new", "missing/new", false},
		{"", "", false}, {"-", "-", false}, {"there", "", false},
	} {
		if got := SameFile(test.a, test.b); got != test.want {
			t.Errorf("SameFile(%q, %q): got %v, want %v", test.a, test.b, got, test.want)
		}
	}
}
