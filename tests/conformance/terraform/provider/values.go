package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// What the real provider knows in code and no schema says.
type knowledge struct {
	Gives      map[string]string // what a computed attribute is: text with {holes}
	Conflicts  [][]string        // of each list at most one may be set
	OneOf      [][]string        `json:"one_of"` // of each list at least one must be set
	Deprecated []string
}

//go:embed aws.json
var awsJSON []byte

var known = func() map[string]knowledge {
	m := map[string]knowledge{}
	if err := json.Unmarshal(awsJSON, &m); err != nil {
		panic(err)
	}
	return m
}()

func (k knowledge) deprecated() map[string]bool {
	m := map[string]bool{}
	for _, name := range k.Deprecated {
		m[name] = true
	}
	return m
}

func object(v tftypes.Value) map[string]tftypes.Value {
	var m map[string]tftypes.Value
	if v.Type() == nil || !v.IsKnown() || v.IsNull() || v.As(&m) != nil {
		return nil
	}
	return m
}

func elements(v tftypes.Value) []tftypes.Value {
	var l []tftypes.Value
	if v.Type() == nil || !v.IsKnown() || v.IsNull() || v.As(&l) != nil {
		return nil
	}
	return l
}

func text(v tftypes.Value) string {
	var s string
	if v.Type() == nil || !v.Type().Is(tftypes.String) || !v.IsKnown() || v.IsNull() || v.As(&s) != nil {
		return ""
	}
	return s
}

func isSet(v tftypes.Value) bool {
	if v.Type() == nil || v.IsKnown() && v.IsNull() {
		return false
	}
	isList := v.Type().Is(tftypes.List{}) || v.Type().Is(tftypes.Set{})
	return !isList || !v.IsKnown() || len(elements(v)) > 0
}

// eachBlock calls f for every block in v, the outermost one first.
func eachBlock(b *tfprotov5.SchemaBlock, v tftypes.Value, at *tftypes.AttributePath, f func(*tfprotov5.SchemaBlock, map[string]tftypes.Value, *tftypes.AttributePath)) {
	values := object(v)
	f(b, values, at)
	for _, n := range b.BlockTypes {
		inner := values[n.TypeName]
		path := at.WithAttributeName(n.TypeName)
		for i, e := range elements(inner) {
			if n.Nesting == tfprotov5.SchemaNestedBlockNestingModeSet {
				eachBlock(n.Block, e, path.WithElementKeyValue(e), f)
			} else {
				eachBlock(n.Block, e, path.WithElementKeyInt(i), f)
			}
		}
	}
}

var (
	arnPattern = regexp.MustCompile(`^arn:[^:\s]+:[^:\s]*:[^:\s]*:[^:\s]*:.+$`)
	holdsJSON  = regexp.MustCompile(`(^|_)(policy|definition|definitions|event_pattern|dashboard_body|policy_document)$`)
)

// validate checks what no schema says: arguments that are not to be set, JSON, ARNs, and exclusions.
func validate(name string, b *tfprotov5.SchemaBlock, v tftypes.Value) []*tfprotov5.Diagnostic {
	var out []*tfprotov5.Diagnostic
	add := func(at *tftypes.AttributePath, format string, args ...any) {
		out = append(out, &tfprotov5.Diagnostic{Severity: tfprotov5.DiagnosticSeverityError,
			Summary: "Invalid argument value", Detail: fmt.Sprintf(format, args...), Attribute: at})
	}
	root := tftypes.NewAttributePath()
	count := func(names []string) (set, unknown int) {
		for _, n := range names {
			if x := object(v)[n]; isSet(x) {
				set++
				if !x.IsKnown() {
					unknown++
				}
			}
		}
		return set, unknown
	}
	for _, names := range append(known[name].Conflicts, []string{"name", "name_prefix"}) {
		if set, unknown := count(names); set-unknown > 1 {
			add(root, "only one of %q may be set", names)
		}
	}
	for _, names := range known[name].OneOf {
		if set, _ := count(names); set == 0 {
			add(root, "one of %q must be set", names)
		}
	}
	eachBlock(b, v, root, func(b *tfprotov5.SchemaBlock, values map[string]tftypes.Value, at *tftypes.AttributePath) {
		for _, a := range b.Attributes {
			value, path := values[a.Name], at.WithAttributeName(a.Name)
			if a.Computed && !a.Optional && isSet(value) {
				add(path, "%q is decided by AWS and cannot be set", a.Name)
			}
			s := text(value)
			if s != "" && holdsJSON.MatchString(a.Name) && strings.ContainsAny(s[:1], "{[ \n") && !json.Valid([]byte(s)) {
				add(path, "%q is not valid JSON", a.Name)
			}
			if s != "" && strings.HasSuffix(a.Name, "_arn") && !arnPattern.MatchString(s) {
				add(path, "%q is not an ARN", s)
			}
		}
	})
	return out
}

// fill gives computed attributes their values. What is not known how to make stays unknown in a
// plan, and is made up where all must be known (`final`).
func (s *server) fill(name string, b *tfprotov5.SchemaBlock, v tftypes.Value, final bool) tftypes.Value {
	if v.IsNull() {
		return v // it is being destroyed
	}
	values := maps.Clone(object(v))
	for _, a := range b.Attributes {
		if !a.Computed || values[a.Name].IsKnown() && !values[a.Name].IsNull() {
			continue
		}
		given, isGiven := s.given(name, a.Name, values)
		switch {
		case a.Name == "tags_all":
			tags := maps.Clone(s.defaultTags)
			maps.Copy(tags, object(values["tags"]))
			values[a.Name] = tftypes.NewValue(a.Type, tags)
		case isGiven && a.Type.Is(tftypes.String):
			values[a.Name] = tftypes.NewValue(a.Type, given)
		case final:
			values[a.Name] = madeUp(a)
		default:
			values[a.Name] = tftypes.NewValue(a.Type, tftypes.UnknownValue)
		}
	}
	out := tftypes.NewValue(v.Type(), values)
	if !final {
		return out
	}
	out, _ = tftypes.Transform(out, func(_ *tftypes.AttributePath, x tftypes.Value) (tftypes.Value, error) {
		if !x.IsKnown() {
			return tftypes.NewValue(x.Type(), nil), nil
		}
		return x, nil
	})
	return out
}

var hole = regexp.MustCompile(`\{(\w+)(?:/([^}]*))?\}`)

// given is the value of a computed attribute as aws.json has it: `{region}`, `{account}`, `{id}` (a
// short hash of what is known of the resource) or an argument, with `{argument/without this}`. False
// while an argument in it is unknown or missing.
func (s *server) given(name, attribute string, values map[string]tftypes.Value) (string, bool) {
	pattern, isKnown := known[name].Gives[attribute]
	if !isKnown && attribute == "region" {
		pattern, isKnown = "{region}", true
	}
	out := hole.ReplaceAllStringFunc(pattern, func(h string) string {
		m := hole.FindStringSubmatch(h)
		switch m[1] {
		case "region":
			if r := text(values["region"]); r != "" {
				return r
			}
			return s.region
		case "account":
			return "123456789012"
		case "id":
			sum := sha256.Sum256([]byte(name + "\x00" + text(values["name"]) + text(values["api_id"]) + text(values["route_key"]) + text(values["description"])))
			return hex.EncodeToString(sum[:])[:10]
		}
		value := text(values[m[1]])
		if m[2] != "" {
			value = strings.TrimPrefix(value, m[2])
		}
		isKnown = isKnown && value != ""
		return value
	})
	return out, isKnown
}

func madeUp(a *tfprotov5.SchemaAttribute) tftypes.Value {
	switch {
	case a.Optional:
		return tftypes.NewValue(a.Type, nil)
	case a.Type.Is(tftypes.String):
		return tftypes.NewValue(a.Type, "made-up-"+a.Name)
	case a.Type.Is(tftypes.Number):
		return tftypes.NewValue(a.Type, big.NewFloat(1))
	case a.Type.Is(tftypes.Bool):
		return tftypes.NewValue(a.Type, false)
	case a.Type.Is(tftypes.List{}), a.Type.Is(tftypes.Set{}):
		return tftypes.NewValue(a.Type, []tftypes.Value{})
	case a.Type.Is(tftypes.Map{}):
		return tftypes.NewValue(a.Type, map[string]tftypes.Value{})
	}
	return tftypes.NewValue(a.Type, nil)
}
