package page

import (
	"bytes"
	"fmt"
	"html/template"
	"net/url"

	"backprop/network"
)

// A download is a link to a file that is in the page itself, so that it needs neither a server
// nor a script.
type download struct {
	Name string
	URL  template.URL
}

// WeightsBefore and WeightsAfter return the weights before and after the step, in a file that
// the flag -weights reads.

func (p *page) WeightsBefore() (download, error) { return p.saved("before", p.Step.Before) }
func (p *page) WeightsAfter() (download, error)  { return p.saved("after", p.Step.After) }

func (p *page) saved(when string, net *network.Network) (download, error) {
	var b bytes.Buffer
	if err := net.Save(&b); err != nil {
		return download{}, err
	}
	return download{
		Name: fmt.Sprintf("weights-%s-step-%d.json", when, p.Step.Settings.Steps),
		URL:  template.URL("data:application/json," + url.PathEscape(b.String())),
	}, nil
}
