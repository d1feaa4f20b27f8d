using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>An operating system of guests.</summary>
/// <param name="Distribution">The short word in <c>os_version.distro</c> and in the names of templates.</param>
internal sealed record GuestSystem(string Name, string Distribution)
{
    public static IReadOnlyList<GuestSystem> All { get; } =
    [
        new("Debian GNU/Linux 12 (bookworm)", "debian"),
        new("Ubuntu 24.04.1 LTS", "ubuntu"),
        new("Rocky Linux 9.4", "rocky"),
        new("Microsoft Windows Server 2022 Standard", "windows"),
        new("Alpine Linux v3.20", "alpine"),
    ];

    public bool IsWindows => Distribution == "windows";

    public string Firmware => IsWindows ? "uefi" : "bios";

    /// <summary>The system that a VM's <c>other.base_template_name</c> names.</summary>
    public static GuestSystem Of(JsonObject vm) =>
        All.FirstOrDefault(system => vm["other"]?["base_template_name"]?.GetValue<string>() == system.Name) ?? All[0];

    /// <summary>What the tools inside the guest report.</summary>
    public JsonObject Version() => new()
    {
        ["name"] = Name,
        ["distro"] = Distribution,
        ["major"] = "12",
        ["minor"] = "6",
        ["uname"] = "6.1.0-26-amd64",
    };
}
