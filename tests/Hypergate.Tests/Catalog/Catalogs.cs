using System.Text.Json;
using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Tests.Catalog;

/// <summary>Small catalogs of an invented backend.</summary>
internal static class Catalogs
{
    public static BackendCatalog Of(string backend, string hash, params string[] operations) => new(
        backend,
        [.. operations.Select(static name => Operation(name))],
        hash,
        "1.0",
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        ["a warning"]);

    /// <summary>An operation whose family is the name up to the first dot, or <c>things</c>.</summary>
    public static Operation Operation(string name) => new()
    {
        Name = name,
        DeclaredName = name,
        Domain = name.Contains('.', StringComparison.Ordinal) ? name.Split('.')[0] : "things",
        Title = name,
        Method = "GET",
        Path = "/" + name,
        Access = Access.Read,
    };

    /// <summary>An operation in which nothing has its default value.</summary>
    public static Operation Full { get; } = new()
    {
        Name = "Change_things",
        DeclaredName = "Change",
        Domain = "things",
        Title = "Change thing",
        Description = "Changes it — \"at once\".",
        Method = "POST",
        Path = "/things/{id}/actions/change",
        Access = Access.Dangerous,
        Exposure = Exposure.Deny,
        Deprecated = true,
        Parameters =
        [
            new() { Name = "id", Place = ParameterPlace.Path, Required = true, Schema = JsonElement.Parse("""{"type":"string"}"""), Description = "Id." },
            new() { Name = "q", Place = ParameterPlace.Query, Schema = JsonElement.Parse("""{"enum":["ä","<"]}""") },
        ],
        Switches = ["sync"],
        Body = new RequestBody(JsonElement.Parse("""{"type":"object","properties":{"a":{"type":["string","null"]}}}"""), true)
        {
            Fields =
            [
                new("a") { ContentType = "application/json", Headers = [new("X-A", "1:2"), new("X-B", "3")] },
                new("b") { Style = new ParameterWire("b", ParameterStyle.PipeDelimited, Explode: true) { AllowReserved = true } },
            ],
        },
        Result = ResultShape.Statistics,
        DefaultFields = ["id"],
        KnownFields = ["id", "name"],
        Requires = [new("thing", "change"), new("thing", "read")],
    };

    /// <summary>Everything of an operation as text, to compare two of them.</summary>
    public static string Text(Operation operation) => string.Join('|',
    [
        operation.Name, operation.DeclaredName, operation.Domain, operation.Title, operation.Description, operation.Method, operation.Path,
        $"{operation.Access} {operation.Exposure} {operation.Deprecated} {operation.Result}",
        .. operation.Parameters.Select(static parameter =>
            $"{parameter.Name} {parameter.Place} {parameter.Required} {Canonical(parameter.Schema)} {parameter.Description}"),
        string.Join(',', operation.Switches),
        operation.Body is { } body ? $"{body.Required} {Canonical(body.Schema)} {string.Join(' ', body.Fields.Select(static field => $"{field.Name} {field.Style} {field.ContentType} {string.Join(' ', field.Headers)}"))}" : "no body",
        string.Join(',', operation.DefaultFields),
        string.Join(',', operation.KnownFields),
        string.Join(',', operation.Requires),
    ]);

    private static string Canonical(JsonElement schema) => System.Text.Json.Nodes.JsonNode.Parse(schema.GetRawText())!.ToJsonString();
}
