package page

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"time"

	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
)

// Serve returns the command serve: the notebook's step as a page, on this machine.
func Serve(notebook walkthrough.Notebook) func(*command.Call) error {
	return func(call *command.Call) error { return serve(call, notebook) }
}

func serve(call *command.Call, notebook walkthrough.Notebook) error {
	addr := call.Flags.String("addr", "127.0.0.1:8080", "listen at this `ADDRESS`; port 0 is a free one")
	openBrowser := call.Flags.Bool("open", false, "open the page in the browser")
	var s walkthrough.Settings
	s.DefineFiles(call.Flags)
	if err := call.Parse(); err != nil {
		return err
	}
	flowers, err := s.ReadFiles(call, limits)
	if err != nil {
		return err
	}
	h, err := newHandler(notebook, newStart(s, flowers))
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	listener, err := listen(*addr)
	if err != nil {
		return err
	}
	at := listener.Addr().(*net.TCPAddr)
	host, _, _ := net.SplitHostPort(*addr)
	h.names = append(h.names, host)
	if !at.IP.IsLoopback() {
		h.public()
		fmt.Fprintf(call.Stderr, "backprop: warning: %s can be reached from other machines, not only from this one\n", at)
	}
	pageAt := pageURL(host, at)
	fmt.Fprintf(call.Out, "The step page is at %s\nCtrl-C ends this.\n", pageAt)
	if err := call.Out.Flush(); err != nil {
		listener.Close()
		return err
	}
	if *openBrowser {
		if err := browse(pageAt); err != nil {
			fmt.Fprintf(call.Stderr, "backprop: no browser could be opened (%s): open the page yourself\n", command.OneLine(err))
		}
	}
	return answer(ctx, stop, listener, newServer(h), endTime)
}

// listen listens at addr. Without a host it is this machine alone that can reach
// it: everybody else must be asked for, as with 0.0.0.0:8080.
func listen(addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("-addr: found %.60q, expected a host and a port, such as 127.0.0.1:8080", addr)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	if err != nil {
		return nil, fmt.Errorf("-addr: cannot listen at %.60s: %w; another port may be free, and -addr %s takes one that is", addr, err, net.JoinHostPort(host, "0"))
	}
	return listener, nil
}

// pageURL returns where a browser on this machine finds the page.
func pageURL(host string, at *net.TCPAddr) string {
	if host == "" || at.IP.IsUnspecified() {
		host = "127.0.0.1"
	}
	return (&url.URL{Scheme: "http", Host: net.JoinHostPort(host, fmt.Sprint(at.Port)), Path: "/"}).String()
}

// browse opens the URL in the user's browser.
func browse(url string) error {
	switch runtime.GOOS {
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", url).Start()
	case "darwin":
		return exec.Command("open", url).Start()
	default:
		return exec.Command("xdg-open", url).Start()
	}
}

// How long things may take. A busy machine must not reach this: the largest page takes 8
// seconds on a quiet one, most take some milliseconds.
const (
	headerTime = 5 * time.Second  // for a request's header to arrive
	readTime   = 10 * time.Second // for all of a request to arrive
	pageTime   = 2 * time.Minute  // for a page, with the time to wait for others
	writeTime  = 5 * time.Minute  // for an answer, with the time of its page
	endTime    = 10 * time.Second // for answers under way after Ctrl-C
)

func newServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       writeTime,
		MaxHeaderBytes:    16 << 10,
	}
}

// answer answers requests until ctx is done, and lets those that are under way finish, but
// waits no longer for them than wait. From then on, Ctrl-C ends the program at once.
func answer(ctx context.Context, stop func(), listener net.Listener, server *http.Server, wait time.Duration) error {
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	stop()
	ending, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	if err := server.Shutdown(ending); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return server.Close()
}
