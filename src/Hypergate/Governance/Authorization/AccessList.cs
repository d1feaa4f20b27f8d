using System.Text.Json;
using System.Text.Json.Serialization;
using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>Classes of access in a rule: a list of names, or <c>*</c> for all.</summary>
/// <param name="names"><c>read</c>, <c>write</c>, <c>admin</c>, <c>dangerous</c>, <c>*</c>.</param>
[JsonConverter(typeof(AccessListConverter))]
public sealed class AccessList(IReadOnlyList<string> names)
{
    /// <summary>What may stand in the settings.</summary>
    public static IReadOnlyList<string> Words { get; } = ["read", "write", "admin", "dangerous", "*"];

    private readonly HashSet<Access> _held =
        [.. Enum.GetValues<Access>().Where(access => names.Any(name => name == "*" || name.Equals(access.ToString(), StringComparison.OrdinalIgnoreCase)))];

    public IReadOnlyList<string> Names { get; } = names;

    public bool Holds(Access access) => _held.Contains(access);

    public override string ToString() => string.Join(", ", Names);
}

/// <summary>Reads a word or a list of words.</summary>
internal sealed class AccessListConverter : JsonConverter<AccessList>
{
    public override AccessList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new AccessList([Known(reader.GetString())]);
        }

        var names = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            names.Add(Known(reader.GetString()));
        }

        return reader.TokenType == JsonTokenType.EndArray ? new AccessList(names) : throw new JsonException("A class is a word.");
    }

    public override void Write(Utf8JsonWriter writer, AccessList value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in value.Names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }

    private static string Known(string? word) => word is not null && AccessList.Words.Contains(word) ? word : throw new JsonException("There is no such class.");
}
