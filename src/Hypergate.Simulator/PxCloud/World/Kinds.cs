namespace Hypergate.Simulator.PxCloud.World;

/// <summary>What the collections are called in texts and ids.</summary>
internal static class Kinds
{
    public static string NameOf(string collection) => collection switch
    {
        "vms" => "virtual machine",
        "addresses" => "address",
        "firewall" => "firewall rule",
        "shares" => "console share",
        "acl" => "grant",
        _ => collection.EndsWith('s') ? collection[..^1] : collection,
    };

    public static string KeyOf(string collection) => collection switch
    {
        "pools" => "name",
        "settings" => "key",
        _ => "id",
    };

    public static string Short(string collection) => collection[..Math.Min(3, collection.Length)];
}
