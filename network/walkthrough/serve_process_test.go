package walkthrough

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// A server is the program with the command serve.
type server struct {
	command     *exec.Cmd
	out, stderr watched
	url         string
}

// startServer starts the program and waits until it says where its page is.
func startServer(t *testing.T, program string, env []string, args ...string) *server {
	t.Helper()
	s := &server{command: exec.Command(program, append([]string{"serve"}, args...)...)}
	s.command.Stdout, s.command.Stderr, s.command.Env = &s.out, &s.stderr, append(os.Environ(), env...)
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.command.Process.Kill(); s.command.Wait() })
	line := regexp.MustCompile(`^The step page is at (http://\S+/)\nCtrl-C ends this\.\n$`)
	if !s.out.wait(line.MatchString) {
		t.Fatalf("got %q and %q, want the page's URL", s.out.text(), s.stderr.text())
	}
	s.url = line.FindStringSubmatch(s.out.text())[1]
	return s
}

// end interrupts the server and returns its exit code.
func (s *server) end(t *testing.T) int {
	t.Helper()
	if err := s.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(time.Minute, func() { s.command.Process.Kill() }).Stop()
	s.command.Wait()
	return s.command.ProcessState.ExitCode()
}

func TestServeProcess(t *testing.T) {
	if runtime.GOOS == "js" || runtime.GOOS == "wasip1" || runtime.GOOS == "windows" {
		t.Skip("there are no processes here, or none that can be sent an interrupt")
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command to build the program with")
	}
	program := filepath.Join(t.TempDir(), "backprop")
	build := exec.Command(goTool, "build", "-buildvcs=false", "-o", program, ".")
	build.Dir = filepath.Join("..", "..")
	if message, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, message)
	}

	for _, test := range []struct {
		name, addr, host string
		warns            bool
	}{
		{"loopback", "127.0.0.1:0", "127.0.0.1", false},
		{"by name", "localhost:0", "localhost", false},
		{"IPv6", "[::1]:0", "[::1]", false},
		{"no host", ":0", "127.0.0.1", false},
		{"all addresses", "0.0.0.0:0", "127.0.0.1", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.name == "IPv6" {
				l, err := net.Listen("tcp", test.addr)
				if err != nil {
					t.Skip("there is no IPv6 here")
				}
				l.Close()
			}
			s := startServer(t, program, nil, "-addr", test.addr)
			if want := "http://" + test.host + ":"; !strings.HasPrefix(s.url, want) {
				t.Errorf("got the page at %s, want it at %s", s.url, want)
			}
			response, err := http.Get(s.url)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(response.Body)
			response.Body.Close()
			if err != nil || response.StatusCode != 200 || !strings.Contains(string(body), "weights_1_update") {
				t.Errorf("got status %d, %d bytes and the error %v, want the page", response.StatusCode, len(body), err)
			}
			if code := s.end(t); code != 0 {
				t.Errorf("got exit code %d after Ctrl-C, want 0", code)
			}
			warning := regexp.MustCompile(`^backprop: warning: \S+ can be reached from other machines, not only from this one\n$`)
			if got := s.stderr.text(); test.warns && !warning.MatchString(got) || !test.warns && got != "" {
				t.Errorf("got %q on standard error, want a warning: %v", got, test.warns)
			}
		})
	}

	// Whoever waits for a page when Ctrl-C comes still gets all of it.
	t.Run("a request under way", func(t *testing.T) {
		s := startServer(t, program, nil, "-addr", "127.0.0.1:0")
		body, failed := make(chan string, 1), make(chan error, 1)
		go func() {
			response, err := http.Get(s.url + "?step=100000&flowers=0-40")
			if err != nil {
				failed <- err
				return
			}
			defer response.Body.Close()
			text, err := io.ReadAll(response.Body)
			if err != nil || response.StatusCode != 200 {
				failed <- fmt.Errorf("status %d, %d bytes, %w", response.StatusCode, len(text), err)
				return
			}
			body <- string(text)
		}()
		time.Sleep(200 * time.Millisecond)
		if len(body) > 0 {
			t.Skip("this machine is too fast to interrupt it in time")
		}
		if code := s.end(t); code != 0 {
			t.Errorf("got exit code %d and %q, want 0", code, s.stderr.text())
		}
		select {
		case err := <-failed:
			t.Error(err)
		case text := <-body:
			if _, err := parseHTML(text); err != nil {
				t.Error(err)
			}
		}
	})

	for _, test := range []struct {
		name, addr, want string
	}{
		{"nonsense", "nonsense", `-addr: found "nonsense", expected a host and a port, such as 127.0.0.1:8080`},
		{"no port", "127.0.0.1", "expected a host and a port"},
		{"port too high", "127.0.0.1:65536", "invalid port"},
		{"taken", "", "another port may be free, and -addr 127.0.0.1:0 takes one that is"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.addr == "" {
				l, err := net.Listen("tcp", "127.0.0.1:0")
				if err != nil {
					t.Fatal(err)
				}
				defer l.Close()
				test.addr = l.Addr().String()
			}
			command := exec.Command(program, "serve", "-addr", test.addr)
			var out, stderr watched
			command.Stdout, command.Stderr = &out, &stderr
			defer time.AfterFunc(time.Minute, func() { command.Process.Kill() }).Stop()
			command.Run()
			got := stderr.text()
			if command.ProcessState.ExitCode() != 1 || out.text() != "" || !strings.HasPrefix(got, "backprop: -addr: ") ||
				strings.Count(got, "\n") != 1 || !strings.Contains(got, test.want) {
				t.Errorf("got exit code %d, %q and %q, want 1, nothing and one line with %q", command.ProcessState.ExitCode(), out.text(), got, test.want)
			}
		})
	}

	t.Run("open", func(t *testing.T) {
		if runtime.GOOS != "linux" {
			t.Skip("another opener is used here")
		}
		folder := t.TempDir()
		opened := filepath.Join(folder, "opened")
		if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte("#!/bin/sh\necho \"$@\" >'"+opened+".part' && mv '"+opened+".part' '"+opened+"'\n"), 0o777); err != nil {
			t.Fatal(err)
		}
		s := startServer(t, program, []string{"PATH=" + folder + ":" + os.Getenv("PATH")}, "-addr", "127.0.0.1:0", "-open")
		waitFor(t, "the opener", func() bool { _, err := os.Stat(opened); return err == nil })
		if got := readText(t, opened); got != s.url+"\n" {
			t.Errorf("got %q opened, want %s", got, s.url)
		}
		if code := s.end(t); code != 0 || s.stderr.text() != "" {
			t.Errorf("got exit code %d and %q, want 0 and nothing", code, s.stderr.text())
		}
		s = startServer(t, program, []string{"PATH=" + t.TempDir()}, "-addr", "127.0.0.1:0", "-open")
		complaint := regexp.MustCompile(`^backprop: no browser could be opened \(.+\): open the page yourself\n$`)
		if !s.stderr.wait(complaint.MatchString) {
			t.Errorf("got %q without an opener, want one line that says so", s.stderr.text())
		}
		if response, err := http.Get(s.url); err != nil {
			t.Error(err)
		} else if response.Body.Close(); response.StatusCode != 200 {
			t.Errorf("got status %d without an opener, want 200", response.StatusCode)
		}
	})
}

func TestServeHelp(t *testing.T) {
	for _, command := range []string{"serve", "page"} {
		r := runPage("", command, "-h")
		checkLines(t, r.out)
		if r.code != 0 || r.stderr != "" || !strings.Contains(r.out, "Flags of backprop "+command+":") {
			t.Errorf("%s -h: got %+v, want the flags", command, r)
		}
	}
}

// startHere serves on loopback in this process. The function it returns ends it.
func startHere(t *testing.T) (addr string, end func()) {
	t.Helper()
	listener, err := listen("127.0.0.1:0")
	if err != nil {
		t.Skipf("nothing can be listened at here: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- serve(ctx, func() {}, listener, newTestHandler(t)) }()
	return listener.Addr().String(), func() {
		cancel()
		if err := <-done; err != nil && !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("got the error %v in the end, want none", err)
		}
	}
}

// What is no decent request is answered in net/http, and costs nothing.
func TestServeLimits(t *testing.T) {
	if runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skip("there is no network here")
	}
	addr, end := startHere(t)
	defer end()
	for _, test := range []struct {
		name, request string
		want          string
	}{
		{"decent", "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 200 "},
		{"long header", "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", "HTTP/1.1 431 "},
		{"long URL", "GET /?x=" + strings.Repeat("x", 64<<10) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 431 "},
		{"no host", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "},
		{"old without a host", "GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 421 "},
		{"another host in the URL", "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 421 "},
		{"nonsense", "nonsense\r\n\r\n", "HTTP/1.1 400 "},
	} {
		t.Run(test.name, func(t *testing.T) {
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			conn.SetDeadline(time.Now().Add(20 * time.Second))
			go io.WriteString(conn, test.request)
			status, err := bufio.NewReader(conn).ReadString('\n')
			if err != nil || !strings.HasPrefix(status, test.want) {
				t.Errorf("got %q and the error %v, want %q", status, err, test.want)
			}
		})
	}
	if !(0 < headerTime && headerTime <= readTime && waitTime+computeTime < writeTime) {
		t.Error("got times that do not fit together: a page may be computed for longer than it may be written")
	}
}

// 50 clients at once for 10 seconds: every one gets every page, and nothing
// stays behind in memory. Meanwhile somebody who sends half a header is cut off.
func TestServeLoad(t *testing.T) {
	if testing.Short() || runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skip("takes 10 seconds, and a network")
	}
	const clients = 50
	before := runtime.NumGoroutine()
	addr, end := startHere(t)
	targets := []string{"/", "/?step=100", "/?step=7&run=300&flower=101", "/page.js", "/?hidden=16", "/?flowers=0-29&step=5", "/page.css", "/?cover=1&rate=2&seed=3"}
	half, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer half.Close()
	io.WriteString(half, "GET / HTTP/1.1\r\nHost: loc")
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	client := &http.Client{Transport: transport, Timeout: time.Minute}
	stop := make(chan struct{})
	var working sync.RWMutex // held for reading during a request, for writing while memory is measured
	var wait sync.WaitGroup
	ask := func(target string) error {
		working.RLock()
		defer working.RUnlock()
		response, err := client.Get("http://" + addr + target)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		n, err := io.Copy(io.Discard, response.Body)
		if err == nil && (response.StatusCode != 200 || n != response.ContentLength) {
			err = fmt.Errorf("%s: got status %d and %d bytes, want 200 and %d", target, response.StatusCode, n, response.ContentLength)
		}
		return err
	}
	for i := range clients {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for k := i; ; k++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := ask(targets[k%len(targets)]); err != nil {
					t.Error(err)
					return
				}
			}
		}()
	}
	memory := func() uint64 {
		working.Lock()
		defer working.Unlock()
		runtime.GC()
		runtime.GC() // what sync.Pool keeps goes the second time
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	time.Sleep(3 * time.Second)
	early := memory()
	time.Sleep(7 * time.Second)
	late := memory()
	close(stop)
	wait.Wait()
	if late > early+8<<20 {
		t.Errorf("got %d bytes after 10 seconds and %d after 3, want about the same", late, early)
	}
	half.SetDeadline(time.Now().Add(headerTime))
	if _, err := io.ReadAll(half); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("got the connection with half a header kept open, want it closed")
	}
	transport.CloseIdleConnections()
	end()
	waitFor(t, "the goroutines to end", func() bool { return runtime.NumGoroutine() <= before+2 })
}
