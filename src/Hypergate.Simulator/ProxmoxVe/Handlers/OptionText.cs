using System.Globalization;
using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.ProxmoxVe.Validation;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Values of options as they are kept: networks with an address, tags sorted.</summary>
internal static class OptionText
{
    public static string Normal(Cluster cluster, bool machine, string option, string value) => option switch
    {
        "tags" => Tags(value),
        "vmgenid" when value == "1" => Guid.NewGuid().ToString(),
        _ when machine && Families.Stem(option) == "net" => Network(cluster, value),
        _ when Families.Stem(option) == "net" => ContainerNetwork(cluster, value),
        _ => value,
    };

    public static string RandomMac(Cluster cluster) =>
        string.Create(CultureInfo.InvariantCulture, $"BC:24:11:{cluster.Dice.Next(256):X2}:{cluster.Dice.Next(256):X2}:{cluster.Dice.Next(256):X2}");

    private static string Tags(string value) =>
        string.Join(';', value.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(static tag => tag.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal));

    // MODEL=ADDRESS, then the other keys in their order.
    private static string Network(Cluster cluster, string value)
    {
        var values = PropertyStrings.Parse(RouteTable.Shared.Formats["net"], value);
        var mac = values.GetValueOrDefault("macaddr")?.ToUpperInvariant() ?? RandomMac(cluster);
        var rest = values.Where(static entry => entry.Key is not ("model" or "macaddr")).OrderBy(static entry => entry.Key, StringComparer.Ordinal);
        return string.Join(',', rest.Select(static entry => $"{entry.Key}={entry.Value}").Prepend($"{values.GetValueOrDefault("model", "virtio")}={mac}"));
    }

    private static string ContainerNetwork(Cluster cluster, string value)
    {
        var values = PropertyStrings.Parse(RouteTable.Shared.Formats["net~2"], value);
        values.TryAdd("hwaddr", RandomMac(cluster));
        values.TryAdd("type", "veth");
        var rest = values.Where(static entry => entry.Key != "name").OrderBy(static entry => entry.Key, StringComparer.Ordinal);
        return string.Join(',', rest.Select(static entry => $"{entry.Key}={entry.Value}").Prepend($"name={values["name"]}"));
    }
}
