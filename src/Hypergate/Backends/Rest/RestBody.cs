using System.Text;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Rest;

/// <summary>Writes bodies as the media type of an operation wants them: JSON, forms, forms with files, texts, bytes.</summary>
internal static class RestBody
{
    public static EncodedBody? Of(Call call)
    {
        if (call.Operation.Body is not { } body || !call.Arguments.TryGetProperty("body", out var value))
        {
            return null;
        }

        return body.MediaType switch
        {
            RequestBody.Json => ArgumentEncoding.Json.Body(call),
            var type when type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) => ArgumentEncoding.Json.Body(call),
            "application/x-www-form-urlencoded" => new RestForm(body, value).UrlEncoded(),
            "multipart/form-data" => new RestForm(body, value).Multipart($"hypergate-{call.Id}"),
            _ => new EncodedBody(Bytes(value, body.Schema), body.MediaType),
        };
    }

    /// <summary>Why a body cannot be written; null where it can.</summary>
    public static string? Problem(Call call) =>
        call.Operation.Body is { } body && call.Arguments.TryGetProperty("body", out var value)
        && body.Schema.TryGetProperty("contentEncoding", out var encoding) && encoding.ValueEquals("base64") && !value.TryGetBytesFromBase64(out _)
            ? "'body' must be bytes in base64. Nothing was sent."
            : null;

    private static byte[] Bytes(JsonElement value, JsonElement schema) =>
        FilePart.Says(schema, "contentEncoding", "base64") && value.TryGetBytesFromBase64(out var bytes) ? bytes : Encoding.UTF8.GetBytes(ArgumentText.TryRead(value) ?? value.GetRawText());
}
