package network

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"backprop/matrix"
)

// weights are what a file of weights holds: the fields of a Network.
type weights struct {
	Weights1 matrix.Matrix `json:"weights_1"`
	Weights2 matrix.Matrix `json:"weights_2"`
}

// maxFile is the largest file that Load reads, in bytes.
const maxFile = 1 << 20

// wanted is what a file of weights looks like.
const wanted = `{"weights_1": [[…], …], "weights_2": [[…], …]}`

// Save writes the weights of a network that Load takes, which has at most some thousand
// hidden nodes, as one JSON object, {"weights_1": [[…]], "weights_2": [[…]]}, at full
// precision: Load gives the same network to the last bit. In Python,
// np.array(json.load(file)["weights_1"]) reads them. A weight that is NaN or infinite is an
// error, and nothing is written.
func (net *Network) Save(w io.Writer) error {
	if err := net.validate(); err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(weights(*net))
}

// Load reads the weights that Save wrote. A byte order mark before them is left out. Anything
// else is an error that says what was found: damaged or cut off JSON, a file larger than 1 MiB,
// another key such as biases, weights that are missing, ragged or not finite numbers, or
// that do not fit each other, for example because a matrix is transposed.
func Load(r io.Reader) (*Network, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, fmt.Errorf("found more than %d bytes, expected the weights of a small network", maxFile)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err := checkJSON(text); err != nil { // also if something comes after the object
		return nil, err
	}
	var file weights
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	err = decoder.Decode(&file)
	net := Network(file)
	if err == nil {
		err = net.validate()
	}
	if err != nil || bytes.Contains(text, []byte("null")) { // which encoding/json takes for 0
		return nil, cmp.Or(explain(text), net.transposed(), err)
	}
	return net.Clone(), nil
}

// explain returns an error that says what is wrong in a file that could not be read.
func explain(text []byte) error {
	var file map[string]json.RawMessage
	if err := json.Unmarshal(text, &file); err != nil || file == nil {
		return fmt.Errorf("found %s, expected %s", kind(text), wanted)
	}
	if err := checkKeys(file); err != nil {
		return err
	}
	return cmp.Or(
		checkNumbers("weights_1", file["weights_1"]),
		checkNumbers("weights_2", file["weights_2"]),
	)
}

// checkJSON returns an error that says where the text is not JSON.
func checkJSON(text []byte) error {
	err := json.Unmarshal(text, new(json.RawMessage))
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return nil
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return fmt.Errorf("found an empty file, expected %s", wanted)
	}
	at := min(int(syntax.Offset), len(text))
	if strings.HasPrefix(err.Error(), "unexpected end") {
		return fmt.Errorf("the file is cut off: found its end after %d bytes, expected %s", at, wanted)
	}
	if start := bytes.TrimSpace(text); start[0] != '{' && start[0] != '[' {
		return fmt.Errorf("found a file that begins with %.20q, expected %s", start, wanted)
	}
	place := position(text[:max(0, at-1)])
	for _, word := range []string{"NaN", "Infinity"} { // as Python writes them
		if bytes.HasPrefix(text[max(0, at-1):], []byte(word)) {
			return fmt.Errorf("%s: found %s, expected a finite number: "+
				"the training that wrote it went wrong, so train again with a lower learning rate", place, word)
		}
	}
	return fmt.Errorf("%s: found %w, expected JSON: %s", place, err, wanted)
}

// position returns where the text ends, such as "line 1, character 5".
func position(text []byte) string {
	line := text[bytes.LastIndexByte(text, '\n')+1:]
	return fmt.Sprintf("line %d, character %d", bytes.Count(text, []byte("\n"))+1, utf8.RuneCount(line)+1)
}

// checkKeys returns an error unless the file has weights_1 and weights_2 and nothing else.
func checkKeys(file map[string]json.RawMessage) error {
	if file["new_weights_1"] != nil {
		return errors.New("found what step -json wrote, whose weights_1 are those from before the step: " +
			"write its new_weights_1 and new_weights_2 into a file of their own, as weights_1 and weights_2")
	}
	var keys []string
	for key := range file {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		switch {
		case key == "weights_1" || key == "weights_2":
		case strings.Contains(strings.ToLower(key), "bias"):
			return fmt.Errorf("%.40s: this net has no biases, expected %s and nothing else", key, wanted)
		default:
			return fmt.Errorf("found the key %.40q, expected %s and nothing else", key, wanted)
		}
	}
	for _, key := range []string{"weights_1", "weights_2"} {
		if file[key] == nil {
			return fmt.Errorf("found no %s, expected %s", key, wanted)
		}
	}
	return nil
}

// checkNumbers returns an error unless the text is rows of numbers.
func checkNumbers(name string, text json.RawMessage) error {
	var rows []json.RawMessage
	if err := json.Unmarshal(text, &rows); err != nil || rows == nil {
		return fmt.Errorf("%s: found %s, expected rows of numbers, [[…], …]", name, kind(text))
	}
	for i, row := range rows {
		var cells []json.RawMessage
		if err := json.Unmarshal(row, &cells); err != nil || cells == nil {
			return fmt.Errorf("%s: row %d: found %s, expected a row of numbers, […]", name, i, kind(row))
		}
		for j, cell := range cells {
			if _, err := strconv.ParseFloat(string(cell), 64); err != nil {
				return fmt.Errorf("%s: row %d, column %d: found %s, expected a finite number", name, i, j, kind(cell))
			}
		}
	}
	return nil
}

// kind returns what a JSON value is, in words.
func kind(text []byte) string {
	switch text = bytes.TrimSpace(text); text[0] {
	case '{':
		return "an object {…}"
	case '[':
		return "a list […]"
	case '"':
		return fmt.Sprintf("the text %.40s", text)
	default: // a number, true, false or null
		return fmt.Sprintf("%.40s", text)
	}
}

// transposed returns an error if the weights would fit each other if one matrix or both were
// transposed.
func (net *Network) transposed() error {
	a, b := net.Weights1, net.Weights2
	if a.Validate() != nil || b.Validate() != nil {
		return nil
	}
	looks := ""
	switch {
	case a.Rows() == b.Rows():
		looks = "weights_1 looks transposed"
	case a.Cols() == b.Cols():
		looks = "weights_2 looks transposed"
	case a.Rows() == b.Cols():
		looks = "both look transposed, or exchanged"
	default:
		return nil
	}
	return fmt.Errorf("%s: weights_1 is %d×%d and weights_2 is %d×%d, "+
		"expected a row of weights_2 for each column of weights_1",
		looks, a.Rows(), a.Cols(), b.Rows(), b.Cols())
}
