// Command terraform-provider-aws stands in for the provider of that name, which no package registry
// has. It serves the real one's schema, plans with values that depend on the configuration alone,
// and never calls AWS: `tofu validate`, `plan` and `test` judge configurations with it.
//
// It must have this name for tofu to find it, and must not be published under it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// What `tofu providers schema -json` prints, as far as it is needed.
type jsonAttribute struct {
	Type                         json.RawMessage
	Required, Optional, Computed bool
}
type jsonBlock struct {
	Attributes map[string]jsonAttribute
	BlockTypes map[string]struct {
		NestingMode string `json:"nesting_mode"`
		MinItems    int64  `json:"min_items"`
		MaxItems    int64  `json:"max_items"`
		Block       jsonBlock
	} `json:"block_types"`
}
type jsonSchema struct{ Block jsonBlock }
type jsonDocument struct {
	ProviderSchemas map[string]struct {
		Provider          jsonSchema
		ResourceSchemas   map[string]json.RawMessage `json:"resource_schemas"`
		DataSourceSchemas map[string]json.RawMessage `json:"data_source_schemas"`
	} `json:"provider_schemas"`
}

var nestings = map[string]tfprotov5.SchemaNestedBlockNestingMode{
	"single": tfprotov5.SchemaNestedBlockNestingModeSingle, "list": tfprotov5.SchemaNestedBlockNestingModeList,
	"set": tfprotov5.SchemaNestedBlockNestingModeSet, "map": tfprotov5.SchemaNestedBlockNestingModeMap,
}

func block(b jsonBlock, deprecated map[string]bool) (*tfprotov5.SchemaBlock, error) {
	out := &tfprotov5.SchemaBlock{}
	for name, a := range b.Attributes {
		t, err := tftypes.ParseJSONType(a.Type) //nolint:staticcheck // the documented way to read cty's types
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out.Attributes = append(out.Attributes, &tfprotov5.SchemaAttribute{Name: name, Type: t,
			Required: a.Required, Optional: a.Optional, Computed: a.Computed, Deprecated: deprecated[name]})
	}
	for name, n := range b.BlockTypes {
		inner, err := block(n.Block, nil)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out.BlockTypes = append(out.BlockTypes, &tfprotov5.SchemaNestedBlock{TypeName: name,
			Nesting: nestings[n.NestingMode], MinItems: n.MinItems, MaxItems: n.MaxItems, Block: inner})
	}
	return out, nil
}

// The types that the configuration in the working directory names. Only these are served: sending
// all of the provider's 2,200 costs half a second a run.
func typesNamedHere() map[string]bool {
	named := map[string]bool{}
	files, _ := filepath.Glob("*.tf")
	for _, file := range files {
		text, _ := os.ReadFile(file)
		for _, m := range regexp.MustCompile(`"(aws_\w+)"`).FindAllSubmatch(text, -1) {
			named[string(m[1])] = true
		}
	}
	return named
}

func schemas(from map[string]json.RawMessage, prefix string) (map[string]*tfprotov5.Schema, error) {
	out := map[string]*tfprotov5.Schema{}
	for name := range typesNamedHere() {
		if from[name] == nil {
			continue
		}
		var s jsonSchema
		if err := json.Unmarshal(from[name], &s); err != nil {
			return nil, err
		}
		b, err := block(s.Block, known[prefix+name].deprecated())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[name] = &tfprotov5.Schema{Block: b}
	}
	return out, nil
}

func load() (*server, error) {
	// Beside the program as it was called, which may be a link.
	text, err := os.ReadFile(filepath.Join(filepath.Dir(os.Args[0]), "schema.json"))
	if err != nil {
		return nil, err
	}
	var doc jsonDocument
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, err
	}
	s := &server{region: "us-east-1"}
	for _, p := range doc.ProviderSchemas {
		b, err := block(p.Provider.Block, nil)
		if err != nil {
			return nil, err
		}
		s.provider = &tfprotov5.Schema{Block: b}
		if s.resources, err = schemas(p.ResourceSchemas, ""); err != nil {
			return nil, err
		}
		if s.data, err = schemas(p.DataSourceSchemas, "data."); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func main() {
	s, err := load()
	if err == nil {
		err = tf5server.Serve("registry.opentofu.org/hashicorp/aws", func() tfprotov5.ProviderServer { return s })
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
