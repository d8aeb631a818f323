package walkthrough

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
)

// SkipOrFail skips the test, or fails it where nothing may be skipped.
func SkipOrFail(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("BACKPROP_NO_SKIP") != "" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// startProcess starts a process that is gone when the test is over, and waits
// for the line of its standard output that matches. It returns the match's
// group. The process does not end with the test's context: the browsers still
// have to be quit by it.
func startProcess(t *testing.T, line *regexp.Regexp, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	found := make(chan string, 1)
	go func() {
		defer close(found)
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			if match := line.FindStringSubmatch(lines.Text()); match != nil {
				found <- match[1]
			}
		}
	}()
	t.Cleanup(func() {
		if runtime.GOOS == "windows" || cmd.Process.Signal(os.Interrupt) != nil {
			cmd.Process.Kill()
		}
		defer time.AfterFunc(10*time.Second, func() { cmd.Process.Kill() }).Stop()
		for range found { // Wait closes the pipe, so all must have been read
		}
		// A browser on a busy machine has its complaints.
		if err := cmd.Wait(); stderr.Len() > 0 && !strings.Contains(name, "chromedriver") {
			t.Errorf("%s: got %v and %q on standard error, want nothing there", name, err, &stderr)
		}
	})
	text, ok := <-found
	if !ok {
		t.Fatalf("%s %v: got no line that matches %v", name, args, line)
	}
	return text
}

// testContext returns a context that ends before go test gives up and would
// leave the processes behind.
func testContext(t *testing.T) context.Context {
	deadline, ok := t.Deadline()
	if most := time.Now().Add(5 * time.Minute); !ok || deadline.After(most) {
		deadline = most
	}
	ctx, cancel := context.WithDeadline(context.Background(), deadline.Add(-15*time.Second))
	t.Cleanup(cancel)
	return ctx
}

// A browser is a session of WebDriver (https://www.w3.org/TR/webdriver2/).
type browser struct {
	t   *testing.T
	ctx context.Context
	url string // of the session
}

// startDriver starts chromedriver and returns its URL.
func startDriver(t *testing.T) string {
	t.Helper()
	port := startProcess(t, regexp.MustCompile(`started successfully on port (\d+)`), "chromedriver", "--port=0")
	return "http://127.0.0.1:" + port
}

// newBrowser starts a browser with its window, its preferences and its settings
// to itself. The options are chromedriver's, besides the arguments.
func newBrowser(t *testing.T, ctx context.Context, driver string, options map[string]any) *browser {
	t.Helper()
	binary, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal(err)
	}
	// No t.TempDir, whose removal must succeed: the browser's processes may still
	// write to it.
	folder, err := os.MkdirTemp("", "browser")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	args := []string{"--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--window-size=1280,900", "--user-data-dir=" + folder}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // which root cannot have
	}
	all := map[string]any{"binary": binary, "args": args}
	for name, value := range options {
		all[name] = value
	}
	b := &browser{t: t, ctx: ctx, url: driver + "/session"}
	var session struct {
		SessionID    string
		Capabilities struct {
			ProcessID int `json:"goog:processID"`
		}
	}
	b.call("POST", "", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"goog:chromeOptions": all,
		"goog:loggingPrefs":  map[string]string{"browser": "ALL", "performance": "ALL"},
	}}}, &session)
	b.url += "/" + session.SessionID
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second) // even when time is up
		defer cancel()
		if err := (&browser{ctx: ctx, url: b.url}).try("DELETE", "", nil, nil); err != nil {
			t.Errorf("the browser did not quit: %v", err)
			if process, err := os.FindProcess(session.Capabilities.ProcessID); err == nil && process.Pid > 0 {
				process.Kill()
			}
		}
	})
	return b
}

// try sends a command and decodes what it returns into result.
func (b *browser) try(method, path string, body, result any) error {
	var content io.Reader
	if method == "POST" {
		if body == nil {
			body = struct{}{}
		}
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(b.ctx, method, b.url+path, content)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		var failure struct{ Error, Message string }
		json.Unmarshal(answer.Value, &failure)
		message, _, _ := strings.Cut(failure.Message, "\n")
		return fmt.Errorf("%s: %s", failure.Error, message)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, result)
}

func (b *browser) call(method, path string, body, result any) {
	b.t.Helper()
	if err := b.try(method, path, body, result); err != nil {
		b.t.Fatalf("%s %s %.300v: %v", method, path, body, err)
	}
}

// eval runs a script in the page and returns what it returns.
func eval[T any](b *browser, script string, args ...any) (result T) {
	b.t.Helper()
	if args == nil {
		args = []any{}
	}
	b.call("POST", "/execute/sync", map[string]any{"script": script, "args": args}, &result)
	return result
}

// devtools sends a command of Chromium's own.
func (b *browser) devtools(command string, params map[string]any) {
	b.t.Helper()
	b.call("POST", "/goog/cdp/execute", map[string]any{"cmd": command, "params": params}, nil)
}

// open loads a page: also where the URL has only another fragment than now.
func (b *browser) open(url string) {
	b.t.Helper()
	b.call("POST", "/url", map[string]any{"url": "about:blank"}, nil)
	b.call("POST", "/url", map[string]any{"url": url}, nil)
}

func (b *browser) back() { b.t.Helper(); b.call("POST", "/back", nil, nil) }

func (b *browser) location() (url string) {
	b.t.Helper()
	b.call("GET", "/url", nil, &url)
	return url
}

// find returns WebDriver's reference of the first element that matches.
func (b *browser) find(selector string) map[string]string {
	b.t.Helper()
	var element map[string]string
	b.call("POST", "/element", map[string]any{"using": "css selector", "value": selector}, &element)
	return element
}

func (b *browser) onElement(selector, command string, body any) {
	b.t.Helper()
	for _, id := range b.find(selector) {
		b.call("POST", "/element/"+id+"/"+command, body, nil)
	}
}

// click clicks on an element, having scrolled there: to where nothing is in
// front of it, as people do.
func (b *browser) click(selector string) {
	b.t.Helper()
	eval[any](b, `document.querySelector(arguments[0])?.scrollIntoView({block: "center", inline: "nearest"})`, selector)
	b.onElement(selector, "click", nil)
}

// write writes into a form's field, in place of what is there.
func (b *browser) write(selector, text string) {
	b.t.Helper()
	b.onElement(selector, "clear", nil)
	b.onElement(selector, "value", map[string]any{"text": text})
}

// point moves the mouse to the middle of an element, having scrolled there.
func (b *browser) point(selector string) {
	b.t.Helper()
	eval[any](b, `document.querySelector(arguments[0]).scrollIntoView({block: "center", inline: "center"})`, selector)
	b.pointer("mouse", b.find(selector), 0, 0)
}

// pointer moves a mouse, or a finger, to a place seen from an element's middle
// or from the window's corner (with "viewport"), and does what else is to be done.
func (b *browser) pointer(kind string, origin any, x, y float64, then ...string) {
	b.t.Helper()
	steps := []map[string]any{{"type": "pointerMove", "origin": origin, "x": int(x), "y": int(y), "duration": 0}}
	for _, step := range then {
		steps = append(steps, map[string]any{"type": step, "button": 0})
	}
	b.call("POST", "/actions", map[string]any{"actions": []any{map[string]any{
		"type": "pointer", "id": kind, "parameters": map[string]any{"pointerType": kind}, "actions": steps}}}, nil)
}

// The keys that are no letters, as WebDriver names them.
const (
	keyTab, keyEnter, keyEscape             = "\ue004", "\ue007", "\ue00c"
	keyLeft, keyUp, keyRight, keyDown       = "\ue012", "\ue013", "\ue014", "\ue015"
	keyPageUp, keyPageDown, keyEnd, keyHome = "\ue00e", "\ue00f", "\ue010", "\ue011"
)

// press presses keys, one after the other.
func (b *browser) press(keys ...string) {
	b.t.Helper()
	var steps []map[string]string
	for _, key := range keys {
		steps = append(steps, map[string]string{"type": "keyDown", "value": key}, map[string]string{"type": "keyUp", "value": key})
	}
	b.call("POST", "/actions", map[string]any{"actions": []any{map[string]any{"type": "key", "id": "keys", "actions": steps}}}, nil)
}

// bytes returns what a command returns in base64: a picture, a document.
func (b *browser) bytes(method, path string, body any) []byte {
	b.t.Helper()
	var text string
	b.call(method, path, body, &text)
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		b.t.Fatal(err)
	}
	return data
}

// await waits until got returns want.
func (b *browser) await(what string, got func() string, want string) {
	b.t.Helper()
	last := got()
	for end := time.Now().Add(3 * time.Second); last != want; last = got() {
		if time.Now().After(end) {
			b.t.Fatalf("%s: got\n%s\nwant\n%s", what, last, want)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// console returns what the browser's console says, and requests the URLs that
// were asked for, both since the last time.
func (b *browser) console() (lines []string) {
	b.t.Helper()
	var entries []struct{ Level, Source, Message string }
	b.call("POST", "/se/log", map[string]any{"type": "browser"}, &entries)
	for _, e := range entries {
		if !strings.Contains(e.Message, "the server responded with a status of 400 (Bad Request)") { // which the form's errors have
			lines = append(lines, e.Level+" "+e.Source+": "+e.Message)
		}
	}
	return lines
}

func (b *browser) requests() (urls []string) {
	b.t.Helper()
	var entries []struct{ Message string }
	b.call("POST", "/se/log", map[string]any{"type": "performance"}, &entries)
	for _, e := range entries {
		var event struct {
			Message struct {
				Method string
				Params struct{ Request struct{ URL string } }
			}
		}
		if err := json.Unmarshal([]byte(e.Message), &event); err != nil {
			b.t.Fatal(err)
		}
		if event.Message.Method == "Network.requestWillBeSent" {
			urls = append(urls, event.Message.Params.Request.URL)
		}
	}
	return urls
}
