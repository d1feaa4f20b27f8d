using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Rest;

/// <summary>Reads a request back by the rules of its document: each argument must be there once, whole, and nothing else.</summary>
internal sealed class SentArguments
{
    private readonly Operation _operation;
    private readonly JsonElement _arguments;
    private readonly RawRequest _request;
    private readonly List<(string Name, string Raw)> _query;

    private SentArguments(Operation operation, JsonElement arguments, RawRequest request)
    {
        (_operation, _arguments, _request) = (operation, arguments, request);
        var query = request.Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? request.Target[(mark + 1)..] : "";
        _query = [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=', 2)).Select(static pair => (Uri.UnescapeDataString(pair[0]), pair.ElementAtOrDefault(1) ?? ""))];
    }

    public static IEnumerable<string> Faults(Operation operation, JsonElement arguments, RawRequest request) => new SentArguments(operation, arguments, request).Faults();

    private List<string> Faults()
    {
        var faults = new List<string>();
        foreach (var parameter in _operation.Parameters)
        {
            if (!_arguments.TryGetProperty(parameter.Name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            var wire = parameter.Wire ?? new ParameterWire(parameter.Name, parameter.Place == ParameterPlace.Query ? ParameterStyle.Form : ParameterStyle.Simple, Explode: parameter.Place == ParameterPlace.Query);
            var isThere = parameter.Place switch
            {
                ParameterPlace.Query => TakesQuery(wire, value),
                ParameterPlace.Path => IsInPath(parameter, wire, value),
                ParameterPlace.Header => _request.Header(wire.Name) is { } header && Leaves(value).All(leaf => header.Contains(leaf, StringComparison.Ordinal)),
                _ => true,
            };
            if (!isThere)
            {
                faults.Add($"{_operation.Name}: {wire.Name} ({parameter.Place}, {wire.Style}, {wire.Explode}) of {value.GetRawText()} is not whole in {_request.Target}");
            }
        }

        faults.AddRange(_query.Select(rest => $"{_operation.Name}: nobody asked for {rest.Name}={rest.Raw}"));
        return [.. faults, .. IsBodyWhole() ? [] : new[] { $"{_operation.Name}: the body is not {_arguments.GetProperty("body").GetRawText()} but {_request.Body}" }];
    }

    private bool TakesQuery(ParameterWire wire, JsonElement value) => (wire.Style, value.ValueKind, wire.Explode) switch
    {
        (ParameterStyle.Json, _, _) => Take(name => name == wire.Name) is [var json] && JsonElement.DeepEquals(JsonElement.Parse(Uri.UnescapeDataString(json)), value),
        (ParameterStyle.DeepObject, JsonValueKind.Object or JsonValueKind.Array, _) => Same(Take(name => name == wire.Name || name.StartsWith($"{wire.Name}[", StringComparison.Ordinal)).Select(Uri.UnescapeDataString), DeepLeaves(value)),
        (_, JsonValueKind.Object, true) => value.EnumerateObject().Where(static property => property.Value.ValueKind != JsonValueKind.Null).All(property => Take(name => name == property.Name).Select(Uri.UnescapeDataString).SequenceEqual([Text(property.Value)])),
        (_, JsonValueKind.Array, true) => Take(name => name == wire.Name).Select(Uri.UnescapeDataString).SequenceEqual(Leaves(value)),
        _ when Leaves(value) is [] => Take(name => name == wire.Name) is [],
        _ => Take(name => name == wire.Name) is [var joined] && (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? joined.Split(Delimiter(wire.Style)) : [joined]).Select(Uri.UnescapeDataString).SequenceEqual(Leaves(value)),
    };

    // Each entry is somebody's, and nobody else's.
    private List<string> Take(Predicate<string> isOf)
    {
        var taken = _query.FindAll(entry => isOf(entry.Name));
        _query.RemoveAll(entry => isOf(entry.Name));
        return taken.ConvertAll(static entry => entry.Raw);
    }

    private bool IsInPath(Parameter parameter, ParameterWire wire, JsonElement value)
    {
        var pattern = Regex.Replace(Regex.Escape(_operation.Path), @"\\\{(?<name>[^}]*)\}", match => match.Groups["name"].Value == wire.Name ? "(?<it>[^/]+?)" : "[^/]+?", RegexOptions.None, TimeSpan.FromSeconds(1));
        var found = Regex.Match(_request.Target.Split('?')[0], $"{pattern}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return found.Success && (parameter.Wire is null
            ? Uri.UnescapeDataString(found.Groups["it"].Value) == Text(value)
            : Leaves(value).All(leaf => Uri.UnescapeDataString(found.Groups["it"].Value).Contains(leaf, StringComparison.Ordinal)));
    }

    private bool IsBodyWhole() => !_arguments.TryGetProperty("body", out var body) || _operation.Body!.MediaType switch
    {
        var type when type.EndsWith("json", StringComparison.Ordinal) => JsonElement.DeepEquals(JsonElement.Parse(_request.Body), body),
        "application/x-www-form-urlencoded" when body.ValueKind == JsonValueKind.Object && _operation.Body.Fields.Count == 0 =>
            Same(_request.Body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => Uri.UnescapeDataString(pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..])), Leaves(body, withNames: false)),
        _ => true,
    };

    private static string Delimiter(ParameterStyle style) => style switch
    {
        ParameterStyle.SpaceDelimited => "%20",
        ParameterStyle.PipeDelimited => "%7C",
        ParameterStyle.TabDelimited => "%09",
        _ => ",",
    };

    private static bool Same(IEnumerable<string> one, IEnumerable<string> other) => one.Order(StringComparer.Ordinal).SequenceEqual(other.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static List<string> Leaves(JsonElement value, bool withNames = true) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(Text)],
        JsonValueKind.Object => [.. value.EnumerateObject().Where(static property => property.Value.ValueKind != JsonValueKind.Null)
            .SelectMany(property => withNames ? [property.Name, Text(property.Value)] : property.Value.ValueKind == JsonValueKind.Array ? Leaves(property.Value) : [Text(property.Value)])],
        _ => [Text(value)],
    };

    private static IEnumerable<string> DeepLeaves(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(static property => DeepLeaves(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(DeepLeaves),
        JsonValueKind.Null => [],
        _ => [Text(value)],
    };

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
