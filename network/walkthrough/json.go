package walkthrough

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// writeJSON writes the step as one JSON object, at full precision: n, the MSE
// before and after, and every matrix under the series' name.
func (s *Step) writeJSON(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"n\": %d", s.Pass.N())
	type member struct {
		name  string
		value any
	}
	members := []member{{"mse_before", s.MSEBefore}, {"mse_after", s.MSEAfter}}
	for _, q := range s.Quantities {
		members = append(members, member{q.Name, q.Matrix})
	}
	for _, m := range members {
		value, err := json.Marshal(m.value)
		if err != nil {
			return fmt.Errorf("%s: %w, which JSON does not have: the numbers grew too large", m.name, err)
		}
		fmt.Fprintf(&b, ",\n %q: %s", m.name, value)
	}
	b.WriteString("}\n")
	_, err := b.WriteTo(w)
	return err
}
