using Hypergate.Model;

namespace Hypergate.Descriptions.Dadl;

/// <summary>What holds for every tool that does not say otherwise.</summary>
internal sealed class DadlDefaults
{
    public DadlDefaults(DadlSection backend, int version)
    {
        var defaults = backend.Map("defaults");
        defaults?.Know("headers", "content_type", "nest_body_keys", "pagination", "errors", "response");
        Headers = defaults?.Pairs("headers") ?? [];
        foreach (var (name, value) in Headers)
        {
            DadlHeaders.Check(defaults!.Map("headers")!, name, name, value);
        }

        ContentType = defaults?.Text("content_type");
        NestsBodyKeys = defaults?.Flag("nest_body_keys") ?? false;
        Paging = defaults is null ? null : DadlRulesReader.Paging(defaults);
        Errors = defaults?.Map("errors") is { } errors ? DadlRulesReader.Errors(errors, version) : new ErrorRules();
        var response = defaults?.Map("response");
        Response = response is null ? new ResponseRules() : DadlRulesReader.Response(response, version) with { IsDefaultTransform = response.Has("transform") };
        TakesFilter = response?.Flag("allow_jq_override") ?? false;
    }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public string? ContentType { get; }

    public bool NestsBodyKeys { get; }

    public PagingRules? Paging { get; }

    public ErrorRules Errors { get; }

    public ResponseRules Response { get; }

    public bool TakesFilter { get; }

    /// <summary>The type of a body where a tool does not say.</summary>
    public string BodyType => ContentType ?? Headers.FirstOrDefault(static header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value ?? RequestBody.Json;
}
