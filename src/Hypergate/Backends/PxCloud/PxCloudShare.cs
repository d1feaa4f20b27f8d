using System.Text.Json;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.PxCloud;

/// <summary>The answer to a console share: its token is a link for people, which is shown this once instead of it.</summary>
internal static class PxCloudShare
{
    /// <summary>Only whoever creates a share gets its link. Who reads one later sees a token, which is hidden like any other.</summary>
    public static JsonElement Shown(Call call, JsonElement value, Uri address) =>
        call.Operation is { Method: "POST", Changes: true } && IsShare(value) ? WithLink(value, address) : value;

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
