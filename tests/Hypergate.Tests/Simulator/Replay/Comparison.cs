using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Answers;
using Hypergate.Simulator.XenOrchestra.Filters;

namespace Hypergate.Tests.Simulator.Replay;

/// <summary>Holds an answer against the recorded one: exactly where the recording means it, by shape elsewhere.</summary>
internal sealed class Comparison(Exchange exchange, Reply reply, Translation translation)
{
    private readonly Dictionary<string, string> _query = exchange.Path.Split('?', 2) is [_, var query]
        ? query.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal)
        : [];

    public void Check()
    {
        Assert.True(exchange.Status == reply.Status, $"{exchange.Recorded["id"]}: {reply.Status} {reply.Text}");
        Assert.Equal(exchange.Header("content-type"), reply.ContentType);
        Assert.Equal(exchange.Header("www-authenticate"), reply.Response.Headers.WwwAuthenticate.SingleOrDefault()?.ToString());
        Assert.Equal(Shape(exchange.Header("location")), Shape(reply.Location));
        switch (exchange.Response["bodyKind"]!.GetValue<string>())
        {
            case "empty":
                Assert.Empty(reply.Text);
                break;
            case "text":
                Assert.Equal(Translation.Shape(translation.Ours(exchange.Answer!.GetValue<string>())), Translation.Shape(reply.Text));
                break;
            case "json" when exchange.Status >= 400:
                Assert.Equal(Translation.Shape(translation.Ours(Json.Line(exchange.Answer))), Translation.Shape(Json.Line(reply.Json)));
                break;
            case "json" when exchange.Answer is JsonArray recorded:
                CheckList(recorded, reply.Json.AsArray());
                break;
            case "json":
                CheckShape(exchange.Answer!, reply.Json, "$");
                break;
        }
    }

    private static string? Shape(string? text) => text is null ? null : Translation.Shape(text);

    private void CheckList(JsonArray recorded, JsonArray ours)
    {
        Assert.Equal(recorded.Count == 0, ours.Count == 0);
        if (_query.TryGetValue("limit", out var limit) && limit == recorded.Count.ToString())
        {
            Assert.Equal(recorded.Count, ours.Count);
        }

        foreach (var item in ours)
        {
            CheckItem(recorded, item!);
        }
    }

    private void CheckItem(JsonArray recorded, JsonNode item)
    {
        if (item is not JsonObject row)
        {
            Assert.Contains(recorded, other => Translation.Shape(other!.ToString()) == Translation.Shape(item.ToString()));
            return;
        }

        var known = recorded.SelectMany(other => other!.AsObject().Select(property => property.Key)).ToHashSet(StringComparer.Ordinal);
        if (_query.GetValueOrDefault("fields") == "*")
        {
            ObjectShapes.Check(exchange.Path, row);
        }
        else
        {
            Assert.Subset(known, row.Select(property => property.Key).ToHashSet(StringComparer.Ordinal));
            CheckFilter(row);
        }

        Assert.Equal("href", row.Last().Key);
    }

    // Only what the row shows can be checked: "name:" terms on shown fields, with the filter itself.
    private void CheckFilter(JsonObject row)
    {
        if (_query.TryGetValue("filter", out var filter) && filter.Contains(':', StringComparison.Ordinal)
            && row.ContainsKey(filter.TrimStart('!', '|', '(').Split(':')[0]) && !filter.Contains(' ', StringComparison.Ordinal))
        {
            Assert.True(FilterParser.Parse(translation.Ours(filter)).Matches(row), $"{filter} {row}");
        }
    }

    private void CheckShape(JsonNode recorded, JsonNode? ours, string path)
    {
        if (ObjectShapes.CollectionOf(exchange.Path) is not null && path == "$" && recorded["type"] is not null)
        {
            ObjectShapes.Check(exchange.Path, ours!.AsObject());
            return;
        }

        Assert.True(Kind(recorded) == Kind(ours), $"{exchange.Recorded["id"]} {path}: {Kind(recorded)} is {ours}");
        if (recorded is JsonObject item && !ObjectShapes.IsMap(path))
        {
            CheckProperties(item, ours!.AsObject(), path);
        }
    }

    private void CheckProperties(JsonObject recorded, JsonObject ours, string path)
    {
        Assert.Equal(
            recorded.Select(property => property.Key).Order(StringComparer.Ordinal),
            ours.Select(property => property.Key).Order(StringComparer.Ordinal));
        foreach (var (name, value) in recorded.Where(property => property.Value is not null))
        {
            CheckShape(value!, ours[name], $"{path}.{name}");
        }
    }

    private static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() switch
    {
        null => JsonValueKind.Null,
        JsonValueKind.False => JsonValueKind.True,
        { } kind => kind,
    };
}
