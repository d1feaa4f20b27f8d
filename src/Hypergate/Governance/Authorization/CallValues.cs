using System.Globalization;
using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>What conditions may ask of a call: its object, its arguments, its caller, the time.</summary>
internal sealed record CallValues
{
    public required Call Call { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The object; null where there is none or where nothing is known of it.</summary>
    public ObjectFacts? Target { get; init; }

    /// <summary>Whether there is an object of which nothing could be found out.</summary>
    public bool IsTargetUnknown { get; init; }

    /// <summary>Whether arguments are left open: to tell whether others would be allowed.</summary>
    public bool AreArgumentsOpen { get; init; }

    /// <summary>The objects that arguments name, by the argument; null where nothing could be found out of one.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ObjectFacts?>> References { get; init; } = new Dictionary<string, IReadOnlyList<ObjectFacts?>>(StringComparer.Ordinal);

    public Known Find(string path) => path.Split('.', 2) switch
    {
        ["target", var fact] => IsTargetUnknown ? Known.Unknown : Fact(Target, fact),
        ["args", var name] => AreArgumentsOpen ? Known.Unknown : Argument(Call.Arguments, name),
        ["ref", var rest] => AreArgumentsOpen ? Known.Unknown : Reference(rest),
        ["caller", "name"] => Known.Of(Call.Caller.Name),
        ["caller", "roles"] => Known.Of(Call.Caller.Roles),
        ["time", "weekday"] => Known.Of(Now.ToString("ddd", CultureInfo.InvariantCulture)),
        ["time", "hour"] => Known.Of(Now.Hour.ToString(CultureInfo.InvariantCulture)),
        _ => Known.Unknown,
    };

    /// <summary>The argument that a path <c>ref.NAME.fact</c> is about.</summary>
    public static string ArgumentOf(string path) => path["ref.".Length..path.LastIndexOf('.')];

    /// <summary>The texts of an argument by its dotted path, which leads through the items of lists: of one that is a list, each of its items.</summary>
    public static IReadOnlyList<string> TextsOf(JsonElement arguments, string path)
    {
        List<JsonElement> found = [arguments];
        foreach (var name in path.Split('.'))
        {
            found = [.. found.SelectMany(Items).Where(static value => value.ValueKind == JsonValueKind.Object).Select(value => value.TryGetProperty(name, out var member) ? member : default)];
        }

        return [.. found.SelectMany(Items).Where(static value => value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)).Select(Text)];
    }

    private Known Reference(string rest)
    {
        var name = rest.LastIndexOf('.') is > 0 and var end ? rest[..end] : rest;
        return References.TryGetValue(name, out var named) ? Known.OfEach([.. named.Select(facts => facts is null ? Known.Unknown : Fact(facts, rest[(name.Length + 1)..]))]) : Known.Nothing;
    }

    private static Known Fact(ObjectFacts? facts, string name) => name switch
    {
        "id" => Known.Of(facts?.Id),
        "type" => Known.Of(facts?.Type),
        "name" => Known.Of(facts?.Name),
        "tags" => Known.Of(facts?.Tags),
        "pool" => Known.Of(facts?.Pool),
        "folder" => Known.Of(facts?.Folder),
        "owner" => Known.Of(facts?.Owner),
        "node" => Known.Of(facts?.Node),
        "state" => Known.Of(facts?.State),
        _ => Known.Unknown,
    };

    private static Known Argument(JsonElement arguments, string path) => Known.OfEach([.. TextsOf(arguments, path).Select(Known.Of)]);

    private static IEnumerable<JsonElement> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Items) : [value];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToString(),
    };
}
