package training

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"backprop/data"
	"backprop/data/testkit"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// readHistory reads the file that -history wrote, by its rates.
func readHistory(t *testing.T, name string) map[float64]network.History {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(name), err)
	}
	header := []string{"rate", "epoch", "training_mse", "training_accuracy", "test_mse", "test_accuracy"}
	if len(records) == 0 || !slices.Equal(records[0], header) {
		t.Fatalf("%s: got the header %v, want %v", filepath.Base(name), records[:min(1, len(records))], header)
	}
	histories := map[float64]network.History{}
	for i, record := range records[1:] {
		var v [6]float64
		for j := range v {
			if v[j], err = strconv.ParseFloat(record[j], 64); err != nil {
				t.Fatalf("%s: row %d: %v", filepath.Base(name), i+1, err)
			}
		}
		h := histories[v[0]]
		if want := strconv.Itoa(len(h) + 1); record[1] != want {
			t.Fatalf("%s: row %d: got epoch %s, want %s", filepath.Base(name), i+1, record[1], want)
		}
		histories[v[0]] = append(h, network.Record{MSE: v[2], Accuracy: v[3], TestMSE: v[4], TestAccuracy: v[5]})
	}
	return histories
}

// noReader fails the test if anything reads from it.
type noReader struct{ t *testing.T }

func (r noReader) Read([]byte) (int, error) {
	r.t.Error("got as far as reading the flowers, want the files checked before")
	return 0, io.ErrUnexpectedEOF
}

// A result that cannot be written is refused before there is one, and the other
// files are not touched.
func TestTrainChecksFilesFirst(t *testing.T) {
	for _, bad := range []string{"-save", "-plot", "-history"} {
		for _, place := range []string{"missing folder", "folder"} {
			t.Run(bad+" "+place, func(t *testing.T) {
				folder := t.TempDir()
				target := folder
				if place == "missing folder" {
					target = filepath.Join(folder, "missing", "file")
				}
				args := []string{"train", "-epochs", "1", "-data", "-"}
				for _, flag := range []string{"-save", "-plot", "-history"} {
					if flag == bad {
						args = append(args, flag, target)
					} else {
						args = append(args, flag, filepath.Join(folder, flag[1:]))
					}
				}
				checkRefused(t, noReader{t}, 1, target, args...)
				if got := testkit.Files(t, folder); len(got) != 0 {
					t.Errorf("got the files %v, want none", got)
				}
			})
		}
	}
}

// A training writes no file over another, nor over what it reads, but for the weights.
func TestTrainRefusesSameFile(t *testing.T) {
	weights := saveNet(t, network.New(4, 2, 3, numpy.NewRandom(1)))
	flowers := testkit.WriteFile(t, "flowers.csv", data.Iris)
	other := filepath.Join(t.TempDir(), "new")
	for _, args := range [][]string{
		{"-save", other, "-plot", other}, {"-save", other, "-history", other}, {"-plot", other, "-history", other},
		{"-data", flowers, "-save", flowers}, {"-data", flowers, "-plot", flowers}, {"-data", flowers, "-history", flowers},
		{"-weights", weights, "-plot", weights}, {"-weights", weights, "-history", weights},
	} {
		checkRefused(t, nil, 2, "twice, expected different ones for -data, -test-data, -weights, -save, -save-best, -plot and -history", append([]string{"train", "-epochs", "1"}, args...)...)
	}
	mustRun(t, "", "train", "-epochs", "1", "-weights", weights, "-save", weights)
}

// Weights that an update made infinite are not saved: the old file stays, and
// the error comes after the result.
func TestTrainDoesNotSaveInfinity(t *testing.T) {
	// The outputs are 0.5 and the hidden layer's gradients large, so that one
	// update with an absurd rate is more than a number can hold.
	weights := saveNet(t, &network.Network{
		Weights1: matrix.Matrix{{0.01, 0.01}, {0.01, 0.01}, {0.01, 0.01}, {0.01, 0.01}},
		Weights2: matrix.Matrix{{100, 100, 100}, {-100, -100, -100}},
	})
	folder := t.TempDir()
	save, history := filepath.Join(folder, "w.json"), filepath.Join(folder, "h.csv")
	if err := os.WriteFile(save, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	r := run(strings.NewReader(""), "train", "-weights", weights, "-rate", "1e308", "-epochs", "1", "-save", save, "-history", history)
	if r.Code != 1 || strings.Count(r.Err, "\n") != 1 || !strings.Contains(r.Err, save+": weights_1: ") {
		t.Errorf("got exit code %d and %q on standard error, want 1 and a line about %s: weights_1", r.Code, r.Err, save)
	}
	if got, want := lastLine(r.Out), " after 1 epoch"; !strings.HasSuffix(got, want) {
		t.Errorf("got the last line %q, want %q at its end", got, want)
	}
	if got := testkit.ReadFile(t, save); got != "old" {
		t.Errorf("got %q in the file, want old", got)
	}
	if got := readHistory(t, history)[1e308]; len(got) != 1 {
		t.Errorf("-history: got %d epochs, want 1, whatever -save says", len(got))
	}
	if got, want := testkit.Files(t, folder), []string{"h.csv", "w.json"}; !slices.Equal(got, want) {
		t.Errorf("got the files %v, want %v", got, want)
	}
}

// brokenAfter is a writer that fails after so many bytes.
type brokenAfter struct{ left int }

func (w *brokenAfter) Write(b []byte) (int, error) {
	if w.left -= len(b); w.left < 0 {
		return 0, errors.New("disk full")
	}
	return len(b), nil
}

func TestWriteHistoryReportsErrors(t *testing.T) {
	trained := seriesSetup(200).train(t)
	for _, room := range []int{0, 10, 5000} {
		if err := writeHistory(&brokenAfter{room}, []*training{trained}); err == nil || err.Error() != "disk full" {
			t.Errorf("room for %d bytes: got the error %v, want disk full", room, err)
		}
	}
}
