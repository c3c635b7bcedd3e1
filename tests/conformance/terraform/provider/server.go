package main

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The calls that tofu makes of a provider with resources and data sources and nothing else; any other
// is not implemented and ends the process.
type server struct {
	tfprotov5.ProviderServer
	provider        *tfprotov5.Schema
	resources, data map[string]*tfprotov5.Schema
	region          string
	defaultTags     map[string]tftypes.Value
}

func failed(err error) []*tfprotov5.Diagnostic {
	return []*tfprotov5.Diagnostic{{Severity: tfprotov5.DiagnosticSeverityError, Summary: "Stand-in for the AWS provider", Detail: err.Error()}}
}

func dynamic(v tftypes.Value) (*tfprotov5.DynamicValue, []*tfprotov5.Diagnostic) {
	d, err := tfprotov5.NewDynamicValue(v.Type(), v)
	if err != nil {
		return nil, failed(err)
	}
	return &d, nil
}

func (s *server) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	r := &tfprotov5.GetMetadataResponse{ServerCapabilities: &tfprotov5.ServerCapabilities{}}
	for name := range s.resources {
		r.Resources = append(r.Resources, tfprotov5.ResourceMetadata{TypeName: name})
	}
	for name := range s.data {
		r.DataSources = append(r.DataSources, tfprotov5.DataSourceMetadata{TypeName: name})
	}
	return r, nil
}

func (s *server) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return &tfprotov5.GetProviderSchemaResponse{Provider: s.provider, ResourceSchemas: s.resources, DataSourceSchemas: s.data}, nil
}

func (s *server) GetResourceIdentitySchemas(context.Context, *tfprotov5.GetResourceIdentitySchemasRequest) (*tfprotov5.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov5.GetResourceIdentitySchemasResponse{}, nil
}

func (s *server) PrepareProviderConfig(_ context.Context, r *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: r.Config}, nil
}

func (s *server) ConfigureProvider(_ context.Context, r *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	config, err := r.Config.Unmarshal(s.provider.ValueType())
	if err != nil {
		return &tfprotov5.ConfigureProviderResponse{Diagnostics: failed(err)}, nil
	}
	if region := text(object(config)["region"]); region != "" {
		s.region = region
	}
	s.defaultTags = map[string]tftypes.Value{}
	for _, b := range elements(object(config)["default_tags"]) {
		maps.Copy(s.defaultTags, object(object(b)["tags"]))
	}
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (s *server) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (s *server) ValidateResourceTypeConfig(_ context.Context, r *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	schema := s.resources[r.TypeName]
	v, err := r.Config.Unmarshal(schema.ValueType())
	if err != nil {
		return &tfprotov5.ValidateResourceTypeConfigResponse{Diagnostics: failed(err)}, nil
	}
	return &tfprotov5.ValidateResourceTypeConfigResponse{Diagnostics: validate(r.TypeName, schema.Block, v)}, nil
}

func (s *server) ValidateDataSourceConfig(context.Context, *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

func (s *server) UpgradeResourceState(_ context.Context, r *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.UpgradeResourceStateResponse, error) {
	v, err := r.RawState.Unmarshal(s.resources[r.TypeName].ValueType())
	if err != nil {
		return &tfprotov5.UpgradeResourceStateResponse{Diagnostics: failed(err)}, nil
	}
	state, diags := dynamic(v)
	return &tfprotov5.UpgradeResourceStateResponse{UpgradedState: state, Diagnostics: diags}, nil
}

func (s *server) ReadResource(_ context.Context, r *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	return &tfprotov5.ReadResourceResponse{NewState: r.CurrentState, Private: r.Private}, nil
}

func (s *server) ReadDataSource(_ context.Context, r *tfprotov5.ReadDataSourceRequest) (*tfprotov5.ReadDataSourceResponse, error) {
	schema := s.data[r.TypeName]
	v, err := r.Config.Unmarshal(schema.ValueType())
	if err != nil {
		return &tfprotov5.ReadDataSourceResponse{Diagnostics: failed(err)}, nil
	}
	state, diags := dynamic(s.fill("data."+r.TypeName, schema.Block, v, true))
	return &tfprotov5.ReadDataSourceResponse{State: state, Diagnostics: diags}, nil
}

func (s *server) PlanResourceChange(_ context.Context, r *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	schema := s.resources[r.TypeName]
	v, err := r.ProposedNewState.Unmarshal(schema.ValueType())
	if err != nil {
		return &tfprotov5.PlanResourceChangeResponse{Diagnostics: failed(err)}, nil
	}
	state, diags := dynamic(s.fill(r.TypeName, schema.Block, v, false))
	return &tfprotov5.PlanResourceChangeResponse{PlannedState: state, Diagnostics: diags}, nil
}

func (s *server) ApplyResourceChange(_ context.Context, r *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	schema := s.resources[r.TypeName]
	v, err := r.PlannedState.Unmarshal(schema.ValueType())
	if err != nil {
		return &tfprotov5.ApplyResourceChangeResponse{Diagnostics: failed(err)}, nil
	}
	state, diags := dynamic(s.fill(r.TypeName, schema.Block, v, true))
	return &tfprotov5.ApplyResourceChangeResponse{NewState: state, Diagnostics: diags}, nil
}
