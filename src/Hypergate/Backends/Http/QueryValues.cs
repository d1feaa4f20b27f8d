using System.Text;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Http;

/// <summary>The query of a request. Names come from the description of the platform, values from anybody.</summary>
internal sealed class QueryValues
{
    // Values as they go over the wire.
    private readonly List<KeyValuePair<string, string>> _values = [];

    /// <summary>In the order of adding; an array gives one entry for each of its items.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Entries => [.. _values.Select(static value => new KeyValuePair<string, string>(value.Key, Uri.UnescapeDataString(value.Value)))];

    /// <summary>Adds what the gateway itself sets: <c>ndjson=true</c>.</summary>
    public QueryValues Add(string name, string value) => AddEncoded(name, Uri.EscapeDataString(value));

    /// <summary>Adds a value that is encoded already, as its style wants it.</summary>
    public QueryValues AddEncoded(string name, string value)
    {
        _values.Add(new(name, value));
        return this;
    }

    /// <summary>Adds an argument; null and absent values and empty arrays add nothing.</summary>
    /// <returns>What is wrong with the value, in a sentence naming the argument; null where it was added.</returns>
    public string? TryAdd(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Array => TryAddAll(name, value),
        _ => TryAddOne(name, value),
    };

    /// <summary>The whole query with its question mark; empty where there are no values.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _values)
        {
            text.Append(text.Length == 0 ? '?' : '&')
                .Append(Uri.EscapeDataString(name)).Append('=').Append(value);
        }

        return text.ToString();
    }

    private string? TryAddAll(string name, JsonElement items)
    {
        foreach (var item in items.EnumerateArray())
        {
            if (TryAddOne(name, item) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? TryAddOne(string name, JsonElement value)
    {
        if (ArgumentText.TryRead(value) is not { } text)
        {
            return $"The argument '{name}' must be a text, a number, a boolean or an array of these.";
        }

        Add(name, text);
        return null;
    }
}
