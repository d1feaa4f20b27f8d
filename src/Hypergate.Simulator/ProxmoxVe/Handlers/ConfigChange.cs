using Hypergate.Simulator.ProxmoxVe.Server;
using Hypergate.Simulator.ProxmoxVe.Validation;
using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>
/// A change of a guest's configuration, checked when it is made. What a running guest cannot take over waits for its restart.
/// </summary>
internal sealed class ConfigChange
{
    private static readonly HashSet<string> Control = ["node", "vmid", "digest", "delete", "revert", "force", "skiplock", "background_delay"];

    // What holds at once even while the machine runs.
    private static readonly HashSet<string> Immediate =
    [
        "description", "hookscript", "lock", "migrate_downtime", "migrate_speed", "name", "hostname", "onboot", "protection", "shares", "startup", "tags",
        "vmstatestorage", "cicustom", "cipassword", "citype", "ciuser", "ciupgrade", "nameserver", "searchdomain", "sshkeys", "balloon", "boot", "template",
        "cpulimit", "cpuunits",
    ];

    private readonly Call _call;
    private readonly Guest _guest;
    private readonly List<string> _options;
    private readonly IReadOnlyList<string> _deletes;
    private readonly IReadOnlyList<string> _reverts;

    public ConfigChange(Call call, string type)
    {
        _call = call;
        GuestTexts.DemandRootFor(call, "skiplock");
        _options = [.. call.Parameters.Names.Where(name => !Control.Contains(name) && call.Parameters.Has(name))];
        _deletes = call.Parameters.List("delete");
        _reverts = call.Parameters.List("revert");
        var machine = type == "qemu";
        if (_options.Count + _deletes.Count + _reverts.Count == 0)
        {
            throw new PveError("no options specified");
        }

        DemandConsistent(machine);
        OptionRights.Demand(call, call.VmId, machine, _deletes);
        OptionRights.Demand(call, call.VmId, machine, _options);
        foreach (var disk in _options.Where(Disk.IsKey))
        {
            NewDisk.Demand(call, disk, call[disk]!);
        }

        _guest = call.Guest(type);
        GuestTexts.DemandDigest(_guest, call);
        GuestTexts.DemandUnlocked(_guest, call);
        DemandBalloon();
    }

    public void Apply(Action<string> log)
    {
        log($"update {_guest.Label}: {string.Join(' ', _options.Select(option => $"-{option} {(option == "cipassword" ? "<hidden>" : _call[option])}"))}");
        foreach (var option in _reverts)
        {
            _guest.Config.Pending.Remove(option);
            _guest.Config.PendingDeletes.Remove(option);
        }

        foreach (var option in _deletes)
        {
            Delete(option);
        }

        foreach (var option in _options)
        {
            Set(option, log);
        }
    }

    private void DemandConsistent(bool machine)
    {
        foreach (var option in _reverts)
        {
            Demand(ConfigRows.Exists(machine, option), "revert", $"unknown option '{option}'");
            Demand(!_options.Contains(option), "delete", $"you can't use '-{option}' and -revert {option}' at the same time");
        }

        foreach (var option in _deletes)
        {
            Demand(!_options.Contains(option), "delete", $"you can't use '-{option}' and -delete {option}' at the same time");
            Demand(!_reverts.Contains(option), "revert", $"you can't use '-delete {option}' and -revert {option}' at the same time");
            Demand(ConfigRows.Exists(machine, option), "delete", $"unknown option '{option}'");
        }
    }

    private static void Demand(bool holds, string parameter, string text)
    {
        if (!holds)
        {
            throw PveError.Parameter(parameter, text);
        }
    }

    private void DemandBalloon()
    {
        if (_call.Parameters.Integer("balloon") is { } balloon
            && balloon > long.Parse(_call["memory"] ?? _guest.Config.Effective().GetValueOrDefault("memory") ?? "512", System.Globalization.CultureInfo.InvariantCulture))
        {
            throw new PveError("balloon value too large (must be smaller than assigned memory)");
        }
    }

    // Nothing to delete is only worth a warning.
    private void Delete(string option)
    {
        var config = _guest.Config;
        config.Pending.Remove(option);
        if (config[option] is not { } value)
        {
            return;
        }

        if (Disk.IsUnused(option))
        {
            _call.Cluster.Volumes.Free(value);
            config[option] = null;
        }
        else if (!IsImmediate(option))
        {
            config.PendingDeletes[option] = _call.Flag("force");
        }
        else
        {
            Detach(option, value);
            config[option] = null;
        }
    }

    // A detached disk stays as an unused one, unless it is to go.
    private void Detach(string option, string value)
    {
        if (!Disk.IsKey(option) || Disk.Parse(option, value) is not { IsCdrom: false } disk || _call.Cluster.Volumes.Find(disk.Volume) is null)
        {
            return;
        }

        if (_guest.Config["protection"] == "1")
        {
            throw new PveError($"can't remove drive '{option}' - protection mode enabled");
        }

        if (_call.Flag("force"))
        {
            _call.Cluster.Volumes.Free(disk.Volume);
            return;
        }

        AddUnused(disk.Volume);
    }

    private void AddUnused(string volume)
    {
        var number = 0;
        while (_guest.Config[$"unused{number}"] is not null)
        {
            number++;
        }

        _guest.Config[$"unused{number}"] = volume;
    }

    private void Set(string option, Action<string> log)
    {
        var value = _call[option]!;
        var config = _guest.Config;
        if (Disk.IsKey(option))
        {
            value = NewDisk.Make(_call, _guest, option, value, log);
            if (config[option] is { } before && Disk.Parse(option, before).Volume != Disk.Parse(option, value).Volume)
            {
                Detach(option, before);
            }

            foreach (var unused in config.Values.Where(entry => Disk.IsUnused(entry.Key) && entry.Value == Disk.Parse(option, value).Volume).ToList())
            {
                config[unused.Key] = null;
            }
        }

        value = OptionText.Normal(_call.Cluster, _guest.IsQemu, option, value);
        config.PendingDeletes.Remove(option);
        if (IsImmediate(option))
        {
            config.Pending.Remove(option);
            config[option] = value;
        }
        else if (config[option] == value)
        {
            config.Pending.Remove(option);
        }
        else
        {
            config.Pending[option] = value;
        }
    }

    private bool IsImmediate(string option) =>
        _guest.State == RunState.Stopped
        || Immediate.Contains(option)
        || (!_guest.IsQemu && option is "memory" or "swap" or "cores")
        || Families.Stem(option) is "net" or "scsi" or "virtio" or "usb" or "mp" or "unused";
}
