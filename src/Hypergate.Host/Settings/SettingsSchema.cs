using System.Text.Json;

namespace Hypergate.Host.Settings;

/// <summary>The JSON Schema of <c>hypergate.yaml</c>, as it lies in <c>schema/</c> and in this program.</summary>
internal static class SettingsSchema
{
    public const string ResourceName = "hypergate.schema.json";

    public static JsonElement Read()
    {
        using var stream = typeof(SettingsSchema).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The program lacks its resource {ResourceName}.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
