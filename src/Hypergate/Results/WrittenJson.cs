using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Hypergate.Results;

/// <summary>
/// A finished JSON value, kept in the bytes in which it was written: a long answer goes to the client as it is, and is parsed only
/// for whoever looks into it.
/// </summary>
/// <param name="utf8">Valid JSON in UTF-8, which nobody changes any more.</param>
public sealed class WrittenJson(ReadOnlyMemory<byte> utf8)
{
    // Boxed, so that two readers never see half of it.
    private object? _value;

    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>The value, parsed when it is first asked for.</summary>
    public JsonElement Value => (JsonElement)(_value ??= JsonElement.Parse(Utf8.Span));

    public static implicit operator WrittenJson(JsonElement value) => Of(value);

    /// <summary>A value in the very bytes from which it was read.</summary>
    public static WrittenJson Of(JsonElement value) => new(JsonMarshal.GetRawUtf8Value(value).ToArray()) { _value = value };

    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
