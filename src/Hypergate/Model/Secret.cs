using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hypergate.Model;

/// <summary>A value that is never printed: not by a log, not by a debugger, not by a serializer.</summary>
[JsonConverter(typeof(SecretConverter))]
[DebuggerDisplay("***")]
public sealed class Secret(string value)
{
    private readonly string _value = value;

    /// <summary>The value itself, for whoever sends it to where it belongs.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";
}

/// <summary>Reads a secret from settings; never writes one.</summary>
public sealed class SecretConverter : JsonConverter<Secret>
{
    public override Secret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? new Secret(text) : null;

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue("***");
}
