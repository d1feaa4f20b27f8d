using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Validation;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Which right each option of a guest's configuration needs.</summary>
internal static class OptionRights
{
    private static readonly Dictionary<string, string> Machine = Table(
        ("VM.Config.CPU", "affinity cores cpu cpulimit cpuunits numa smp sockets vcpus"),
        ("VM.Config.Memory", "allow-ksm balloon hugepages keephugepages memory shares"),
        ("VM.Config.HWType", "acpi amd-sev arch audio0 bios hotplug intel-tdx ivshmem kvm machine rng0 scsihw smbios1 spice_enhancements tablet vga watchdog"),
        ("VM.Config.Options", "agent autostart description keyboard localtime migrate_downtime migrate_speed name onboot ostype protection reboot startdate "
            + "startup tdf template vmgenid tags"),
        ("VM.PowerMgmt", "freeze"),
        ("VM.Config.Disk", "boot bootdisk vmstatestorage"),
        ("VM.Config.Cloudinit", "cicustom cipassword citype ciupgrade ciuser nameserver searchdomain sshkeys"));

    private static readonly Dictionary<string, string> Container = Table(
        ("VM.Config.CPU", "cores cpulimit cpuunits"),
        ("VM.Config.Memory", "memory swap"),
        ("VM.Config.Network", "nameserver searchdomain hostname"),
        ("VM.Config.Options", "arch cmode console description debug entrypoint env features onboot ostype protection startup tags template timezone tty unprivileged"));

    /// <summary>403 or 500 where the caller may not change one of the options.</summary>
    public static void Demand(Call call, int vmId, bool machine, IEnumerable<string> options)
    {
        if (call.IsRoot)
        {
            return;
        }

        foreach (var option in options)
        {
            Demand(call, $"/vms/{vmId}", machine, option);
        }
    }

    private static void Demand(Call call, string path, bool machine, string option)
    {
        var stem = Families.Stem(option);
        var privilege = Disk.IsKey(option) || Disk.IsUnused(option) ? "VM.Config.Disk"
            : stem == "net" ? "VM.Config.Network"
            : stem == "ipconfig" ? "VM.Config.Cloudinit"
            : stem == "numa" && option != "numa" ? "VM.Config.CPU"
            : stem is "usb" or "hostpci" or "serial" or "virtiofs" or "parallel" && option != stem ? "VM.Config.HWType"
            : (machine ? Machine : Container).GetValueOrDefault(option)
                ?? throw new PveError($"only root can set '{option}' config");
        call.Need(path, privilege);
    }

    private static Dictionary<string, string> Table(params IEnumerable<(string Privilege, string Options)> rows) =>
        rows.SelectMany(static row => row.Options.Split(' ').Select(option => (option, row.Privilege))).ToDictionary(static row => row.option, static row => row.Privilege);
}
