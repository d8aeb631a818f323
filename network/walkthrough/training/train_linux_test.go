package training

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"backprop/data/testkit"
)

// openTerminal returns a terminal: what is typed on it, and what a program has that
// is started in it.
func openTerminal(t *testing.T) (keyboard, screen *os.File) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keyboard.Close() })
	var number, locked int32
	for request, value := range map[uintptr]*int32{syscall.TIOCGPTN: &number, syscall.TIOCSPTLCK: &locked} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, keyboard.Fd(), request, uintptr(unsafe.Pointer(value))); errno != 0 {
			t.Fatal(errno)
		}
	}
	screen, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { screen.Close() })
	return keyboard, screen
}

// progressLine is what a terminal gets to see while the net learns.
var progressLine = regexp.MustCompile(`\r\x1b\[Kepoch [1-9][0-9]* of 1000000000, MSE 0\.[0-9]{6}, accuracy [01]\.[0-9]{3}, [0-9hms]+ left`)

// interrupt runs train for a billion epochs, in a terminal and with its results to
// a pipe, and types Ctrl-C once the terminal has shown two lines of progress. Err is
// what the terminal got to see after those.
func interrupt(t *testing.T, args ...string) testkit.Result {
	t.Helper()
	cmd := testkit.Program(t, append([]string{"train", "-epochs", "1000000000"}, args...)...)
	keyboard, screen := openTerminal(t)
	cmd.Stderr = screen
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 2}
	p := testkit.Start(t, cmd)
	screen.Close() // the program has its own, and with that the terminal ends
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		io.Copy(&p.Err, keyboard)
	}()
	testkit.WaitFor(t, "two lines of progress", func() bool { return len(progressLine.FindAllString(p.Err.Text(), 2)) == 2 })
	io.WriteString(keyboard, "\x03")
	r := p.End()
	<-shown
	lines := progressLine.FindAllStringIndex(p.Err.Text(), -1)
	r.Err = p.Err.Text()[lines[len(lines)-1][1]:]
	return r
}

// The training as a process: Ctrl-C ends it with the results so far, and its line of
// progress goes away.
func TestTrainInterrupted(t *testing.T) {
	check := func(t *testing.T, r testkit.Result) {
		t.Helper()
		if r.Code != 0 {
			t.Fatalf("got exit code %d and %q on the terminal, want 0", r.Code, r.Err)
		}
		if !regexp.MustCompile(`^(\^C)?\r\x1b\[K$`).MatchString(r.Err) {
			t.Errorf("got %.80q after the last progress, want it cleared and nothing else", r.Err)
		}
		testkit.Screen(t, r.Out)
	}

	t.Run("one rate", func(t *testing.T) {
		folder := t.TempDir()
		save, history, picture := filepath.Join(folder, "w.json"), filepath.Join(folder, "h.csv"), filepath.Join(folder, "p.svg")
		r := interrupt(t, "-save", save, "-history", history, "-plot", picture)
		check(t, r)
		stopped := regexp.MustCompile(`\nStopped at epoch ([0-9]+): it was interrupted\.\n`).FindStringSubmatch(r.Out)
		last := regexp.MustCompile(`^test accuracy [01]\.[0-9]{2} \([0-9]+ of 20\) after ([0-9]+) epochs$`).FindStringSubmatch(lastLine(r.Out))
		if stopped == nil || last == nil || stopped[1] != last[1] {
			t.Fatalf("got\n%s\nwant that it was interrupted, and a last line with the same number of epochs", r.Out)
		}
		epochs, err := strconv.Atoi(last[1])
		if err != nil {
			t.Fatal(err)
		}
		h := readHistory(t, history)[0.1]
		if len(h) != epochs {
			t.Fatalf("-history: got %d epochs, want %d", len(h), epochs)
		}
		few := min(epochs, 200)
		if want := seriesSetup(few).train(t).history; !sameHistory(h[:few], want) {
			t.Errorf("-history: got another beginning than network.Train's, want the same")
		}
		s := seriesSetup(1) // whose only record is of the weights that were saved
		s.weights = loadNet(t, save)
		if got, want := s.train(t).history, h[epochs-1:]; !sameHistory(got, want) {
			t.Errorf("-save: got weights with %v, want those of the last epoch, %v", got, want)
		}
		if got, want := testkit.Files(t, folder), []string{"h.csv", "p.svg", "w.json"}; !slices.Equal(got, want) {
			t.Errorf("got the files %v, want %v", got, want)
		}
	})

	t.Run("a comparison", func(t *testing.T) {
		history := filepath.Join(t.TempDir(), "h.csv")
		r := interrupt(t, "-rate", "0.5,1,2", "-history", history)
		check(t, r)
		histories := readHistory(t, history)
		h := histories[0.5]
		if len(histories) != 1 || len(h) == 0 {
			t.Fatalf("-history: got %d rates and %d epochs of the first, want only the first", len(histories), len(h))
		}
		_, table, _ := strings.Cut(r.Out, "verdict\n")
		row := rowOf(table, "0.5")
		if want := fmt.Sprintf("%.6f", h[len(h)-1].MSE); len(row) < 2 || row[1] != want {
			t.Errorf("got the row %v, want one with the MSE %s of the last epoch", row, want)
		}
		if got := rowOf(table, "1"); got != nil {
			t.Errorf("got the row %v of a rate that was never tried, want none", got)
		}
	})
}
