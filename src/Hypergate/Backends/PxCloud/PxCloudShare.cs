using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Backends.PxCloud;

/// <summary>The answer to a console share: its token is a link for people, which is shown this once instead of it.</summary>
internal static class PxCloudShare
{
    public static PlatformValue Unwrap(JsonElement whole, Uri address)
    {
        var value = PxCloudValue.Unwrap(whole);
        return IsShare(value.Value) ? value with { Value = WithLink(value.Value, address) } : value;
    }

    private static bool IsShare(JsonElement value) =>
        PxCloudValue.Text(value, "token") is { Length: > 0 } && PxCloudValue.Text(value, "access_mode") is not null && value.TryGetProperty("expires_at", out _);

    private static JsonElement WithLink(JsonElement share, Uri address) => JsonLists.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var property in share.EnumerateObject())
        {
            if (property.NameEquals("token"))
            {
                writer.WriteString("share_url", $"{address.AbsoluteUri.TrimEnd('/')}/console/share/{Uri.EscapeDataString(property.Value.GetString()!)}");
            }
            else
            {
                property.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    });
}
