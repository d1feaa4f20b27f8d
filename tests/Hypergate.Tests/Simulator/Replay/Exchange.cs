using System.Text.Json.Nodes;

namespace Hypergate.Tests.Simulator.Replay;

/// <summary>One recorded request with its answer.</summary>
internal sealed record Exchange(JsonObject Recorded)
{
    private static readonly Lazy<IReadOnlyList<Exchange>> Loaded = new(() =>
        [.. JsonNode.Parse(File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Data", "xo", "exchanges.json")))!["exchanges"]!
            .AsArray().Select(exchange => new Exchange(exchange!.AsObject()))]);

    public static IReadOnlyList<Exchange> All => Loaded.Value;

    public string Scenario => $"{Recorded["kind"]}/{Recorded["scenario"]}";

    public int Step => Recorded["step"]!.GetValue<int>();

    public bool McpIsOff => Recorded["server"]!.GetValue<string>() == "mcp-disabled";

    public TimeSpan WaitBefore => TimeSpan.FromMilliseconds(Recorded["waitBeforeMs"]?.GetValue<int>() ?? 0);

    public JsonObject Request => Recorded["request"]!.AsObject();

    public JsonObject Response => Recorded["response"]!.AsObject();

    public string Method => Request["method"]!.GetValue<string>();

    /// <summary>The path with the places of captured values still open, where there are any.</summary>
    public string Path => (Request["template"] ?? Request["path"])!.GetValue<string>();

    public IEnumerable<KeyValuePair<string, JsonNode?>> Headers => Request["headers"]!.AsObject();

    /// <summary>The request's body as text: JSON, or what was sent instead.</summary>
    public string? Body => Request["body"] switch
    {
        null => null,
        JsonValue text => text.GetValue<string>(),
        var json => json.ToJsonString(),
    };

    public int Status => Response["status"]!.GetValue<int>();

    public JsonNode? Answer => Response["body"];

    public string? Header(string name) => Response["headers"]![name]?.GetValue<string>();

    public IEnumerable<KeyValuePair<string, JsonNode?>> Captures => Recorded["captures"]?.AsObject() ?? [];

    public IEnumerable<KeyValuePair<string, JsonNode?>> Subjects => Recorded["subjects"]?.AsObject() ?? [];
}
