package page

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

	"backprop/data/testkit"
	"backprop/iris"
	"backprop/network/walkthrough"
)

// startServer starts the command and waits until it says where its page is.
func startServer(t *testing.T, cmd *exec.Cmd) (server *testkit.Process, url string) {
	t.Helper()
	server = testkit.Start(t, cmd)
	server.Await("Ctrl-C ends this.\n")
	out := server.Out.Text()
	line := regexp.MustCompile(`^The step page is at (http://\S+/)\nCtrl-C ends this\.\n$`).FindStringSubmatch(out)
	if line == nil {
		t.Fatalf("got %q, want the page's URL", out)
	}
	return server, line[1]
}

// checkPage checks that the page is at the URL.
func checkPage(t *testing.T, url string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 200 || !strings.Contains(string(body), "weights_1_update") {
		t.Errorf("%s: got status %d, %d bytes and the error %v, want the page", url, response.StatusCode, len(body), err)
	}
}

// The command as a process, which Ctrl-C ends.
func TestServeProcess(t *testing.T) {
	testkit.Processes(t)
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be sent an interrupt here")
	}
	type address struct {
		name, addr, host string
		warns            bool
	}
	tests := []address{
		{"loopback", "127.0.0.1:0", "127.0.0.1", false},
		{"by name", "localhost:0", "localhost", false},
		{"no host", ":0", "127.0.0.1", false},
		{"all addresses", "0.0.0.0:0", "127.0.0.1", true},
	}
	if l, err := net.Listen("tcp", "[::1]:0"); err == nil { // not every machine has IPv6; TestPageURL needs none
		l.Close()
		tests = append(tests, address{"IPv6", "[::1]:0", "[::1]", false})
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server, url := startServer(t, testkit.Program(t, "serve", "-addr", test.addr))
			if want := "http://" + test.host + ":"; !strings.HasPrefix(url, want) {
				t.Errorf("got the page at %s, want it at %s", url, want)
			}
			checkPage(t, url)
			server.Interrupt()
			r := server.End()
			if r.Code != 0 {
				t.Errorf("got exit code %d after Ctrl-C, want 0", r.Code)
			}
			warning := regexp.MustCompile(`^backprop: warning: \S+ can be reached from other machines, not only from this one\n$`)
			if test.warns && !warning.MatchString(r.Err) || !test.warns && r.Err != "" {
				t.Errorf("got %q on standard error, want a warning: %v", r.Err, test.warns)
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
		cmd := testkit.Program(t, "serve", "-addr", "127.0.0.1:0", "-open")
		cmd.Env = append(cmd.Env, "PATH="+folder+":"+os.Getenv("PATH"))
		server, url := startServer(t, cmd)
		testkit.WaitFor(t, "the opener", func() bool { _, err := os.Stat(opened); return err == nil })
		if got := readText(t, opened); got != url+"\n" {
			t.Errorf("got %q opened, want %s", got, url)
		}
		server.Interrupt()
		if r := server.End(); r.Code != 0 || r.Err != "" {
			t.Errorf("got exit code %d and %q, want 0 and nothing", r.Code, r.Err)
		}
	})
	t.Run("open without an opener", func(t *testing.T) {
		if runtime.GOOS != "linux" {
			t.Skip("another opener is used here")
		}
		cmd := testkit.Program(t, "serve", "-addr", "127.0.0.1:0", "-open")
		cmd.Env = append(cmd.Env, "PATH="+t.TempDir())
		server, url := startServer(t, cmd)
		complaint := regexp.MustCompile(`^backprop: no browser could be opened \(.+\): open the page yourself\n$`)
		testkit.WaitFor(t, "one line that says that there is no opener", func() bool { return complaint.MatchString(server.Err.Text()) })
		checkPage(t, url)
	})
}

// Without an address to listen at there is no server, and one line says why.
func TestServeRefuses(t *testing.T) {
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
			checkRefused(t, 1, test.want, "serve", "-addr", test.addr)
		})
	}
}

func TestPageURL(t *testing.T) {
	for _, test := range []struct {
		host, ip, want string
	}{
		{"", "127.0.0.1", "http://127.0.0.1:8080/"},
		{"localhost", "127.0.0.1", "http://localhost:8080/"},
		{"127.0.0.1", "127.0.0.1", "http://127.0.0.1:8080/"},
		{"::1", "::1", "http://[::1]:8080/"},
		{"0.0.0.0", "0.0.0.0", "http://127.0.0.1:8080/"},
		{"::", "::", "http://127.0.0.1:8080/"},
		{"teacher.example", "192.168.1.7", "http://teacher.example:8080/"},
	} {
		if got := pageURL(test.host, &net.TCPAddr{IP: net.ParseIP(test.ip), Port: 8080}); got != test.want {
			t.Errorf("pageURL(%q, %s): got %s, want %s", test.host, test.ip, got, test.want)
		}
	}
}

func TestServeHelp(t *testing.T) {
	for _, name := range []string{"serve", "page"} {
		r := run("", name, "-h")
		testkit.Screen(t, r.Out)
		if r.Code != 0 || !strings.Contains(r.Out, "Flags of backprop "+name+":") {
			t.Errorf("%s -h: got %+v, want the flags", name, r)
		}
	}
}

// startHere serves on loopback in this process, until ctx is done. end waits for the server and
// checks what it returned.
func startHere(t *testing.T, ctx context.Context, server *http.Server, wait time.Duration) (addr string, end func()) {
	t.Helper()
	if runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skip("there is no network here")
	}
	listener, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- answer(ctx, func() {}, listener, server, wait) }()
	return listener.Addr().String(), func() {
		t.Helper()
		if err := <-done; err != nil && !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("got the error %v in the end, want none", err)
		}
	}
}

// What is no decent request is answered in net/http, and costs nothing.
func TestServeLimits(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	addr, end := startHere(t, ctx, newServer(newTestHandler(t)), endTime)
	defer end()
	defer cancel()
	t.Run("requests", func(t *testing.T) {
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
				t.Parallel() // net/http waits for half a second before it closes some of the connections
				conn, err := net.Dial("tcp", addr)
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close()
				go io.WriteString(conn, test.request)
				status, err := bufio.NewReader(conn).ReadString('\n')
				if err != nil || !strings.HasPrefix(status, test.want) {
					t.Errorf("got %q and the error %v, want %q", status, err, test.want)
				}
			})
		}
	})
	if s := newServer(nil); !(0 < s.ReadHeaderTimeout && s.ReadHeaderTimeout <= s.ReadTimeout && pageTime+time.Minute < s.WriteTimeout && 0 < s.IdleTimeout) {
		t.Error("got no limit of time, or some that do not fit together")
	}
}

// Who begins a request and does not go on is cut off.
func TestServeHalfAHeader(t *testing.T) {
	server := newServer(newTestHandler(t))
	server.ReadHeaderTimeout, server.ReadTimeout = 1, 0
	ctx, cancel := context.WithCancel(context.Background())
	addr, end := startHere(t, ctx, server, endTime)
	defer end()
	defer cancel()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: loc")
	conn.SetDeadline(time.Now().Add(time.Minute))
	if _, err := io.ReadAll(conn); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("got the connection with half a header kept open, want it closed")
	}
}

// A gate is what every page waits at until open is closed.
type gate struct {
	mu           sync.Mutex
	inside, most int
	open         chan struct{}
}

func (g *gate) notebook(all iris.Flowers, rows []int, hidden int, learningRate float64, draw drawWeights) (*walkthrough.Results, error) {
	g.mu.Lock()
	g.inside++
	g.most = max(g.most, g.inside)
	g.mu.Unlock()
	<-g.open
	g.mu.Lock()
	g.inside--
	g.mu.Unlock()
	return testNotebook(all, rows, hidden, learningRate, draw)
}

// waiting returns how many pages wait at the gate.
func (g *gate) waiting() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.inside
}

// newGated returns a handler whose pages wait at the gate.
func newGated(t *testing.T) (*handler, *gate) {
	t.Helper()
	g := &gate{open: make(chan struct{})}
	return newHandlerOf(t, g.notebook), g
}

// Whoever waits for a page when Ctrl-C comes still gets all of it, and nobody else
// gets in.
func TestServeEndsAfterTheLastPage(t *testing.T) {
	h, gate := newGated(t)
	ctx, interrupt := context.WithCancel(context.Background())
	addr, end := startHere(t, ctx, newServer(h), time.Hour)
	page := make(chan string, 1)
	go func() {
		defer close(page)
		response, err := http.Get("http://" + addr + "/")
		if err != nil {
			t.Error(err)
			return
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != 200 {
			t.Errorf("got status %d, %d bytes and the error %v, want the page", response.StatusCode, len(text), err)
			return
		}
		page <- string(text)
	}()
	testkit.WaitFor(t, "the page to be computed", func() bool { return gate.waiting() == 1 })
	interrupt()
	testkit.WaitFor(t, "the end of listening", func() bool {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			conn.Close()
		}
		return err != nil
	})
	close(gate.open)
	if text, ok := <-page; ok {
		if _, err := parseHTML(text); err != nil {
			t.Error(err)
		}
	}
	end()
}

// A page that takes for ever does not keep the program from ending.
func TestServeEndsWithoutThePage(t *testing.T) {
	h, gate := newGated(t)
	ctx, interrupt := context.WithCancel(context.Background())
	addr, end := startHere(t, ctx, newServer(h), 1)
	failed := make(chan error, 1)
	go func() {
		_, err := http.Get("http://" + addr + "/")
		failed <- err
	}()
	testkit.WaitFor(t, "the page to be computed", func() bool { return gate.waiting() == 1 })
	interrupt()
	end()
	select {
	case err := <-failed:
		if err == nil {
			t.Error("got an answer, want the connection closed")
		}
	case <-time.After(time.Minute):
		t.Error("got the connection kept open, want it closed")
	}
	close(gate.open)
}

// 50 clients at once: every one gets every page, and nothing stays behind in memory.
func TestServeLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 200 pages")
	}
	const clients = 50
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(context.Background())
	addr, end := startHere(t, ctx, newServer(newTestHandler(t)), endTime)
	targets := []string{"/", "/?step=100", "/?step=7&run=300&flower=101", "/page.js", "/?hidden=16", "/?flowers=0-29&step=5", "/page.css", "/?cover=1&rate=2&seed=3"}
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	client := &http.Client{Transport: transport}
	get := func(target string) error {
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
	// memory returns how much is in use after each client has made so many requests more.
	memory := func(requests int) uint64 {
		var wait sync.WaitGroup
		for i := range clients {
			wait.Add(1)
			go func() {
				defer wait.Done()
				for k := range requests {
					if err := get(targets[(i+k)%len(targets)]); err != nil {
						t.Error(err)
						return
					}
				}
			}()
		}
		wait.Wait()
		runtime.GC()
		runtime.GC() // what sync.Pool keeps goes the second time
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	early := memory(1)
	late := memory(3)
	if late > early+2<<20 {
		t.Errorf("got %d bytes in use after 200 requests and %d after 50, want about the same", late, early)
	}
	transport.CloseIdleConnections()
	cancel()
	end()
	testkit.WaitFor(t, "the goroutines to end", func() bool { return runtime.NumGoroutine() <= before+2 })
}
