using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Governance.Confirmation;

/// <summary>The one call that a consent is for, as a hash: caller, backend, operation, arguments and body.</summary>
internal static class ConsentBinding
{
    /// <summary>SHA-256 in hexadecimal. The order of properties and the spelling of white space do not matter.</summary>
    public static string Of(Call call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(call.Caller.Name);
            writer.WriteStringValue(call.Backend);
            writer.WriteStringValue(call.Operation.Name);
            writer.WriteStringValue(call.Operation.Method);
            writer.WriteStringValue(call.Operation.Path);
            CanonicalJson.Write(writer, call.Arguments);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    /// <summary>SHA-256 in hexadecimal of a text.</summary>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
