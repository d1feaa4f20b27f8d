using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hypergate.Simulator.ProxmoxVe;

namespace Hypergate.Tests.Simulator.ProxmoxVe.Replay;

/// <summary>Plays the pairs of a run in their order against a fresh lab, and tells what is different.</summary>
internal sealed partial class RecordedRun(SimulatedPve pve)
{
    private static readonly JsonObject Recorded = (JsonObject)JsonNode.Parse(File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Data", "pve", "golden.json")))!;
    private readonly Dictionary<string, string> _captured = [];
    private readonly List<string> _differences = [];

    public static async Task<IReadOnlyList<string>> PlayAsync(string run)
    {
        await using var pve = await SimulatedPve.StartAsync(new ProxmoxOptions());
        pve.Time.Rush(true);
        var player = new RecordedRun(pve);
        foreach (var pair in ((JsonArray)Recorded["pairs"]!).OfType<JsonObject>().Where(pair => pair["run"]!.GetValue<string>() == run && pair["poll"] is null))
        {
            await player.PlayAsync(pair);
        }

        return player._differences;
    }

    private async Task PlayAsync(JsonObject pair)
    {
        var start = pve.Time.GetUtcNow();
        var reply = await SendAsync(pair);
        var difference = new AnswerComparison(pair, reply).Difference();
        if (difference is null && pair["delayed"] is not null && pve.Time.GetUtcNow() - start < TimeSpan.FromSeconds(2.9))
        {
            difference = "came too soon";
        }

        if (difference is not null)
        {
            _differences.Add($"{pair["seq"]} {pair["method"]} {pair["path"]}: {difference}");
        }

        foreach (var (name, pointer) in (pair["captures"] as JsonObject) ?? [])
        {
            _captured[name] = At(reply.Json, pointer!.GetValue<string>());
        }

        Capture(pair, reply);
    }

    // Tickets are captured by hand: the file names them only where they are used.
    private void Capture(JsonObject pair, PveReply reply)
    {
        if (pair["path"]!.GetValue<string>() == "/access/ticket" && reply.Status == 200)
        {
            _captured[$"ticket{pair["seq"]}"] = reply.Data!["ticket"]!.GetValue<string>();
            _captured[$"csrf{pair["seq"]}"] = reply.Data!["CSRFPreventionToken"]!.GetValue<string>();
        }
    }

    private static string At(JsonNode? node, string pointer) => pointer.Split('/').Skip(1)
        .Aggregate(node, static (at, step) => at is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : at?[step])!.ToString();

    private Task<PveReply> SendAsync(JsonObject pair)
    {
        var path = Filled(pair["path"]!.GetValue<string>(), Uri.EscapeDataString);
        return pve.SendAsync(pair["method"]!.GetValue<string>(), "/api2/json" + path, Body(pair), headers =>
        {
            if (pair["as"]?.GetValue<string>() is { } who)
            {
                headers.TryAddWithoutValidation("Authorization", $"PVEAPIToken={Identities.Token(who)}={Identities.Secret(who)}");
            }

            foreach (var (name, value) in (pair["headers"] as JsonObject) ?? [])
            {
                headers.TryAddWithoutValidation(name, Filled(value!.GetValue<string>(), name == "Cookie" ? Uri.EscapeDataString : static text => text));
            }
        });
    }

    private static (string Text, string Type)? Body(JsonObject pair) => (pair["encoding"]?.GetValue<string>(), pair["body"]) switch
    {
        ("json", var body) => (body?.ToJsonString() ?? "null", "application/json"),
        ("form-text", { } body) => (body.GetValue<string>(), "application/x-www-form-urlencoded"),
        ("form-pairs", JsonArray pairs) => (Form(pairs.Select(static entry => (entry![0]!.ToString(), entry[1]!.ToString()))), "application/x-www-form-urlencoded"),
        ("form", JsonObject fields) => (Form(fields.Select(static field => (field.Key, field.Value!.ToString()))), "application/x-www-form-urlencoded"),
        _ => null,
    };

    private static string Form(IEnumerable<(string Name, string Value)> fields) =>
        string.Join('&', fields.Select(static field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));

    private string Filled(string text, Func<string, string> encode)
    {
        text = text.Replace("{secret:root@pam!mcp}", Identities.Secret("root"), StringComparison.Ordinal);
        return Placeholder().Replace(text, match => _captured.TryGetValue(match.Groups["name"].Value, out var value) ? encode(value) : match.Value);
    }

    [GeneratedRegex(@"\{(?<name>[a-z]+\d+)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Placeholder();
}
