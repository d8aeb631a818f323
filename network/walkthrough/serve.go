package walkthrough

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"time"

	"backprop/iris"
)

//go:embed icon.svg
var pageIcon string

// Serve is the command serve: the step page, on this machine.
func Serve(call *Call) error {
	addr := call.Flags.String("addr", "127.0.0.1:8080", "listen at this `ADDRESS`; port 0 is a free one")
	openBrowser := call.Flags.Bool("open", false, "open the page in the browser")
	if err := call.Parse(); err != nil {
		return err
	}
	handler, err := newHandler(call.Notebook)
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
	handler.names = append(handler.names, host)
	if !at.IP.IsLoopback() {
		handler.public()
		fmt.Fprintf(call.Stderr, "backprop: warning: %s can be reached from other machines, not only from this one\n", at)
	}
	page := pageURL(host, at)
	fmt.Fprintf(call.Out, "The step page is at %s\nCtrl-C ends this.\n", page)
	if err := call.Out.Flush(); err != nil {
		listener.Close()
		return err
	}
	if *openBrowser {
		if err := browse(page); err != nil {
			fmt.Fprintf(call.Stderr, "backprop: no browser could be opened (%s): open the page yourself\n", oneLine(err))
		}
	}
	return serve(ctx, stop, listener, handler)
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

// slowWork is from where on a page takes long: steps · flowers · hidden nodes,
// about 0.2 seconds.
const slowWork = 3_000_000

// times are how long things may take. A busy machine must not reach them: the
// largest page takes 8 seconds on a quiet one, most take some milliseconds.
type times struct {
	header  time.Duration // of a request, to arrive
	read    time.Duration // of all of a request, to arrive
	wait    time.Duration // for other pages to be done
	compute time.Duration // a page
	write   time.Duration // an answer, with the time to wait and to compute
	end     time.Duration // for answers under way after Ctrl-C
}

var usualTimes = times{
	header:  5 * time.Second,
	read:    10 * time.Second,
	wait:    2 * time.Minute,
	compute: 2 * time.Minute,
	write:   5 * time.Minute,
	end:     10 * time.Second,
}

// serve answers requests until ctx is done, and lets those that are under way
// finish. From then on, Ctrl-C ends the program at once.
func serve(ctx context.Context, stop func(), listener net.Listener, handler *handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: handler.times.header,
		ReadTimeout:       handler.times.read,
		WriteTimeout:      handler.times.write,
		IdleTimeout:       handler.times.write,
		MaxHeaderBytes:    16 << 10,
	}
	base, cancelRequests := context.WithCancel(context.Background())
	defer cancelRequests()
	server.BaseContext = func(net.Listener) context.Context { return base }
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	stop()
	ending, cancel := context.WithTimeout(context.Background(), handler.times.end)
	defer cancel()
	err := server.Shutdown(ending)
	if errors.Is(err, context.DeadlineExceeded) {
		cancelRequests() // what is still being computed is answered with an error
		last, cancel := context.WithTimeout(context.Background(), handler.times.end)
		defer cancel()
		if server.Shutdown(last) != nil {
			server.Close()
		}
		return nil
	}
	return err
}

// A handler answers for the step page. It keeps nothing from one request to the
// next.
type handler struct {
	notebook Notebook
	times    times
	flowers  iris.Flowers
	quick    chan struct{} // has a place for each page that is computed at once
	slow     chan struct{} // and for those that take so long that the others must not wait for them
	names    []string      // of this machine, besides its addresses
	anyIP    bool          // are all of its addresses good, or only loopback ones?
}

func newHandler(notebook Notebook) (*handler, error) {
	all, err := readFlowers("", nil)
	if err != nil {
		return nil, err
	}
	return &handler{
		notebook: notebook,
		times:    usualTimes,
		flowers:  all,
		quick:    make(chan struct{}, runtime.GOMAXPROCS(0)),
		slow:     make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)),
		names:    []string{"localhost"},
	}, nil
}

// public lets other machines' requests through, which ask for this one by its
// address or by its name.
func (h *handler) public() {
	h.anyIP = true
	if name, err := os.Hostname(); err == nil {
		h.names = append(h.names, name, name+".local")
	}
}

// isOurs reports whether host is a name or an address of this machine. A page
// of somebody else's whose name was made to lead here (DNS rebinding) has
// another.
func (h *handler) isOurs(host string) bool {
	name := host
	if n, _, err := net.SplitHostPort(host); err == nil {
		name = n
	}
	name = strings.Trim(name, "[]")
	ip, err := netip.ParseAddr(name)
	if err == nil {
		return h.anyIP || ip.IsLoopback()
	}
	return slices.ContainsFunc(h.names, func(n string) bool { return n != "" && strings.EqualFold(n, name) })
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Cache-Control", "no-cache")
	switch {
	case !h.isOurs(r.Host):
		http.Error(w, "this page is only there under this machine's own address", http.StatusMisdirectedRequest)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "expected GET or HEAD", http.StatusMethodNotAllowed)
	default:
		h.answer(w, r)
	}
}

func (h *handler) answer(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/":
		h.servePage(w, r)
	case "/page.css":
		write(w, http.StatusOK, "text/css; charset=utf-8", []byte(pageCSS))
	case "/page.js":
		write(w, http.StatusOK, "text/javascript; charset=utf-8", []byte(pageJS))
	case "/icon.svg":
		write(w, http.StatusOK, "image/svg+xml", []byte(pageIcon))
	default:
		http.Error(w, "there is nothing here; the step page is at /", http.StatusNotFound)
	}
}

// servePage answers with the page that the URL's query asks for.
func (h *handler) servePage(w http.ResponseWriter, r *http.Request) {
	status := http.StatusOK
	q, ok := parseQuery(r.URL.RawQuery, len(h.flowers))
	var b bytes.Buffer
	var err error
	if ok {
		err = h.compute(r.Context(), q, &b)
	}
	switch {
	case errors.Is(err, errBusy), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		w.Header().Set("Retry-After", "10")
		text := "this takes too long, expected fewer steps or flowers"
		switch {
		case errors.Is(err, errBusy):
			text = err.Error()
		case errors.Is(err, context.Canceled): // the reader has gone, or Ctrl-C was long ago
			text = "the program was ended before this page was done"
		}
		http.Error(w, text, http.StatusServiceUnavailable)
		return
	case err != nil:
		q.refuse("rate", errTooLarge)
	}
	if !ok || err != nil {
		status = http.StatusBadRequest
		b.Reset()
		if err := (&page{Query: q}).write(&b); err != nil {
			http.Error(w, "the page could not be written: "+oneLine(err), http.StatusInternalServerError)
			return
		}
	}
	write(w, status, "text/html; charset=utf-8", b.Bytes())
}

var errBusy = errors.New("other pages are being computed: try again in a moment")

// compute writes the page that q asks for into b, once there is a place for it.
// It does not wait for the reader, who may be slow.
func (h *handler) compute(ctx context.Context, q pageQuery, b *bytes.Buffer) error {
	places := h.quick
	if q.Run*len(q.Settings.Rows)*q.Settings.Hidden > slowWork {
		places = h.slow
	}
	waiting, cancel := context.WithTimeout(ctx, h.times.wait)
	defer cancel()
	select {
	case places <- struct{}{}:
		defer func() { <-places }()
	case <-waiting.Done():
		return errBusy
	}
	computing, cancel := context.WithTimeout(ctx, h.times.compute)
	defer cancel()
	view, err := newPage(computing, h.notebook, h.flowers, q)
	if err != nil {
		return err
	}
	return view.write(b)
}

// write answers with content; net/http leaves the body out for HEAD.
func write(w http.ResponseWriter, status int, contentType string, content []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", fmt.Sprint(len(content)))
	w.WriteHeader(status)
	w.Write(content) // if it fails, the reader is gone, and nobody is left to be told
}
