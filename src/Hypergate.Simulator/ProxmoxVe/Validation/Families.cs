using System.Globalization;
using Hypergate.Simulator.ProxmoxVe.Description;

namespace Hypergate.Simulator.ProxmoxVe.Validation;

/// <summary>Numbered parameters: <c>net[n]</c> stands for <c>net0</c> to <c>net31</c>.</summary>
internal static class Families
{
    private static readonly Dictionary<string, int> Counts = new()
    {
        ["net"] = 32,
        ["scsi"] = 31,
        ["virtio"] = 16,
        ["ide"] = 4,
        ["sata"] = 6,
        ["mp"] = 256,
        ["unused"] = 256,
        ["hostpci"] = 16,
        ["usb"] = 14,
        ["serial"] = 4,
        ["parallel"] = 3,
        ["numa"] = 8,
        ["ipconfig"] = 32,
        ["link"] = 8,
        ["dev"] = 256,
        ["acmedomain"] = 6,
        ["virtiofs"] = 10,
    };

    public static bool IsFamily(string name) => name.EndsWith("[n]", StringComparison.Ordinal);

    /// <summary>The name without its number: <c>net</c> of <c>net0</c>; the whole name where there is none.</summary>
    public static string Stem(string name) => name == "rootfs" ? name : name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    /// <summary>The schema of a parameter, be it one of a family; null where the operation has none of that name.</summary>
    public static PropertySchema? Find(IReadOnlyDictionary<string, PropertySchema> parameters, string name)
    {
        if (parameters.TryGetValue(name, out var schema))
        {
            return IsFamily(name) ? null : schema;
        }

        var stem = Stem(name);
        return stem.Length < name.Length
            && int.TryParse(name[stem.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == name[stem.Length..]
            && number < Counts.GetValueOrDefault(stem)
                ? parameters.GetValueOrDefault($"{stem}[n]")
                : null;
    }
}
