package testkit

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// asProgram is in the environment of a process that Program starts.
const asProgram = "BACKPROP_TEST_PROGRAM"

// Main is for TestMain in a package whose tests call Program or Project. It runs the
// tests, or, in a process that Program started, the program.
func Main(m *testing.M, program func(args []string, in io.Reader, out, err io.Writer) int) {
	if _, started := os.LookupEnv(asProgram); started {
		os.Unsetenv(asProgram)
		os.Exit(program(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	code := m.Run()
	if projectCopy != "" {
		os.RemoveAll(projectCopy)
	}
	os.Exit(code)
}

// Program returns a command that runs the program with the arguments. The program is
// in the test's own executable, so that go test builds it and nobody has to do so
// once more.
func Program(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	Processes(t)
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(executable, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// A Result is how a process ended and what it wrote.
type Result struct {
	Code     int // -1 if a signal ended it
	Out, Err string
}

// Run runs a command to its end.
func Run(t testing.TB, cmd *exec.Cmd) Result {
	t.Helper()
	var out, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &stderr
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return Result{cmd.ProcessState.ExitCode(), out.String(), stderr.String()}
}

// A Process is one that runs beside the test.
type Process struct {
	Out, Err Output
	t        testing.TB
	cmd      *exec.Cmd
	ended    chan struct{}
}

// Start starts a command. The process is gone when the test is over. Out and Err get
// what it writes, unless the command has another place for it.
func Start(t testing.TB, cmd *exec.Cmd) *Process {
	t.Helper()
	p := &Process{t: t, cmd: cmd, ended: make(chan struct{})}
	if cmd.Stdout == nil {
		cmd.Stdout = &p.Out
	}
	if cmd.Stderr == nil {
		cmd.Stderr = &p.Err
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		cmd.Process.Kill()
		<-p.ended
	})
	return p
}

// Interrupt does what Ctrl-C does.
func (p *Process) Interrupt() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Fatal(err)
	}
}

// End waits for the process to end by itself.
func (p *Process) End() Result {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatalf("%v: it has not ended after %v; it wrote %.300q and %.300q", p.cmd, patience, p.Out.Text(), p.Err.Text())
	}
	return Result{p.cmd.ProcessState.ExitCode(), p.Out.Text(), p.Err.Text()}
}

// Await waits until the process has written a text on standard output, after what
// was awaited before, and returns the rest of what it wrote by then.
func (p *Process) Await(text string) (rest string) {
	p.t.Helper()
	WaitFor(p.t, "the text "+text, func() bool {
		select {
		case <-p.ended:
			if !p.Out.has(text) {
				p.t.Fatalf("%v: it ended, having written\n%s\n%s\nwant %q", p.cmd, p.Out.Text(), p.Err.Text(), text)
			}
		default:
		}
		return p.Out.has(text)
	})
	return p.Out.after(text)
}

// An Output collects what a process writes.
type Output struct {
	mu   sync.Mutex
	b    bytes.Buffer
	seen int // up to where it has been awaited
}

// Write implements io.Writer.
func (o *Output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(b)
}

// Text returns all that has been written.
func (o *Output) Text() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

func (o *Output) has(text string) bool { return strings.Contains(o.Text()[o.seen:], text) }

func (o *Output) after(text string) string {
	all := o.Text()
	o.seen += strings.Index(all[o.seen:], text) + len(text)
	return all[o.seen:]
}

// patience is how long a test waits for what takes less than a second on a quiet
// machine.
const patience = 2 * time.Minute

// WaitFor waits until the condition holds.
func WaitFor(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for begin := time.Now(); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Since(begin) > patience {
			t.Fatalf("waited %v for %s", patience, what)
		}
	}
}

// Project returns a folder with a copy of the project, without tests, for a test that
// changes files. All tests of a package have the same one, so that Go builds its
// packages once: each test puts back what it changes. Main removes it.
func Project(t testing.TB) string {
	t.Helper()
	copied, err := copyOnce()
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"GOPROXY": "off", "GOMODCACHE": t.TempDir(), "GOFLAGS": "-buildvcs=false", "GOWORK": "off"} {
		t.Setenv(name, value) // as without a network
	}
	return copied
}

// projectCopy is where the copy is, once there is one.
var projectCopy string

var copyOnce = sync.OnceValues(func() (folder string, err error) {
	if projectCopy, err = os.MkdirTemp("", "backprop-test-"); err != nil {
		return "", err
	}
	folder = filepath.Join(projectCopy, "a project") // with a space in its name
	return folder, CopyProject(folder, func(name string) bool {
		base := filepath.Base(name)
		return strings.HasPrefix(base, ".") || base == "testdata" || name == "try" || strings.HasSuffix(base, "_test.go")
	})
})

// CopyProject copies the project into a folder, but for the files and folders that
// leaveOut names.
func CopyProject(folder string, leaveOut func(name string) bool) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		to := filepath.Join(folder, name)
		switch {
		case name != "." && leaveOut(name):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return os.MkdirAll(to, 0o777)
		case !entry.Type().IsRegular():
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, text, 0o666)
	})
}
