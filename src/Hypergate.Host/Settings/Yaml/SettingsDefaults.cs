using System.Text.Json;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>The defaults that the schema states.</summary>
internal static class SettingsDefaults
{
    /// <summary>By name; properties that are required or have no default are not in it.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Of(JsonElement? properties)
    {
        if (properties is not { } all)
        {
            yield break;
        }

        foreach (var property in all.EnumerateObject())
        {
            if (property.Value.TryGetProperty("default", out var value))
            {
                yield return (property.Name, value);
            }
        }
    }
}
