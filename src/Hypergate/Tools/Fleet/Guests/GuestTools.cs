namespace Hypergate.Tools.Fleet.Guests;

/// <summary>Tools that look at one guest, or change it.</summary>
internal static class GuestTools
{
    private static readonly ToolHints Harming = new(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: false);
    private static readonly ToolHints Adding = new(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false);

    public static IReadOnlyList<FleetTool> All { get; } =
    [
        new("get_vm_config", "Guest configuration", "The whole configuration of a guest: CPU, memory, disks, network, boot, agent, and changes that wait for a restart.")
        {
            Tables = ["guests"],
            Reads = ["/vms/{id}", "/nodes/{node}/qemu/{vmid}/config", "/nodes/{node}/lxc/{vmid}/config"],
            Parameters = [FleetParameter.Guest, new("pending", ArgumentType.Flag, "Also changes that wait for a restart") { Default = "false" }],
            Run = static async (request, cancellationToken) =>
            {
                var guest = await GuestLookup.OneAsync(request, cancellationToken);
                return await guest.Backend.Platform.GuestConfig(request, guest, cancellationToken);
            },
        },
        new("get_guest_info", "Inside a guest", "What a running guest tells of itself: operating system, host name, users, file systems, addresses.")
        {
            Tables = ["guests"],
            Parameters = [FleetParameter.Guest],
            Run = static async (request, cancellationToken) =>
            {
                var guest = await GuestLookup.OneAsync(request, cancellationToken);
                return await guest.Backend.Platform.GuestInfo(request, guest, cancellationToken);
            },
        },
        new("change_vm_state", "Change power state", "Starts, shuts down (asks the guest), stops (cuts power), reboots, resets, suspends or resumes a guest.")
        {
            Parameters =
            [
                FleetParameter.Guest,
                new("action", ArgumentType.Choice) { Required = true, Values = ["Start", "Stop", "Shutdown", "Reboot", "Suspend", "Resume", "Reset"] },
                new("timeout_seconds", ArgumentType.Integer, "How long the guest may take") { Least = 1, Most = 7_200 },
                new("force_stop", ArgumentType.Flag, "Shutdown only: cut power where the guest takes too long") { Default = "false" },
            ],
            Changes = Below("status/start", "status/stop", "status/shutdown", "status/reboot", "status/reset", "status/suspend", "status/resume", "/vms/{id}/actions/start", "/vms/{id}/actions/clean_shutdown"),
            Hints = Harming,
            Run = On(static changes => changes.State, "power states"),
        },
        new("create_vm_snapshot", "Create snapshot", "Takes a snapshot of a guest, with its memory on wish.")
        {
            Parameters =
            [
                FleetParameter.Guest,
                new("snapshot_name", ArgumentType.Text, "2–40 letters, digits, _ and -, a letter first") { Required = true },
                new("description", ArgumentType.Text),
                new("include_vm_state", ArgumentType.Flag, "Also the memory of a running VM") { Default = "false" },
            ],
            Changes = Below("snapshot", "/vms/{id}/actions/snapshot"),
            Hints = Adding,
            Run = On(static changes => changes.CreateSnapshot, "snapshots"),
        },
        new("delete_vm_snapshot", "Delete snapshot", "Deletes a snapshot of a guest for good.")
        {
            Parameters = [FleetParameter.Guest, new("snapshot_name", ArgumentType.Text) { Required = true }],
            Changes = [("DELETE", "/nodes/{node}/qemu/{vmid}/snapshot/{snapname}"), ("DELETE", "/nodes/{node}/lxc/{vmid}/snapshot/{snapname}"), ("DELETE", "/vm-snapshots/{id}")],
            Hints = Harming with { Idempotent = true },
            Run = On(static changes => changes.DeleteSnapshot, "snapshots"),
        },
        new("rollback_vm_snapshot", "Roll back to snapshot", "Puts a guest back to a snapshot: everything since then is lost, and a running guest is stopped.")
        {
            Parameters =
            [
                FleetParameter.Guest,
                new("snapshot_name", ArgumentType.Text) { Required = true },
                new("start", ArgumentType.Flag, "Start it afterwards") { Default = "false" },
            ],
            Changes = Below("snapshot/{snapname}/rollback", "/vms/{id}/actions/revert_snapshot"),
            Hints = Harming,
            Run = On(static changes => changes.RollbackSnapshot, "snapshots"),
        },
        new("migrate_vm", "Migrate guest", "Moves a guest to another node, live where it runs; a running container is restarted.")
        {
            Parameters =
            [
                FleetParameter.Guest,
                new("target_node", ArgumentType.Text) { Required = true },
                new("online", ArgumentType.Flag, "Default: whether it runs"),
                new("target_storage", ArgumentType.Text),
                new("with_local_disks", ArgumentType.Flag) { Default = "false" },
                new("bwlimit_kib", ArgumentType.Integer) { Least = 0 },
            ],
            Changes = Below("migrate", "/vms/{id}/actions/migrate"),
            Hints = Harming,
            Run = On(static changes => changes.Migrate, "migration"),
        },
        new("backup_vm", "Back up guest", "Backs up a guest to a storage. Never deletes older backups.")
        {
            Parameters =
            [
                FleetParameter.Guest,
                new("storage", ArgumentType.Text, "Default: the only backup storage of its node"),
                new("mode", ArgumentType.Choice) { Values = ["snapshot", "suspend", "stop"], Default = "\"snapshot\"" },
                new("compress", ArgumentType.Choice) { Values = ["0", "gzip", "lzo", "zstd"], Default = "\"zstd\"" },
                new("protected_backup", ArgumentType.Flag),
                new("notes", ArgumentType.Text),
                new("bwlimit", ArgumentType.Integer, "KiB/s") { Least = 0 },
            ],
            Changes = [("POST", "/nodes/{node}/vzdump")],
            Hints = Adding,
            Run = On(static changes => changes.Backup, "backup of a single guest by its API; run_schedule of a backup job does it"),
        },
        new("clone_vm", "Clone guest", "Makes a copy of a guest or template.")
        {
            Parameters =
            [
                FleetParameter.Guest,
                new("name", ArgumentType.Text, "Of the copy") { Required = true },
                new("new_vmid", ArgumentType.Integer, "Default: the next free one") { Least = 100, Most = 999_999_999 },
                new("full", ArgumentType.Flag, "Default: true unless it is a template"),
                new("target_node", ArgumentType.Text),
                new("storage", ArgumentType.Text),
                new("pool", ArgumentType.Text),
                new("snapshot", ArgumentType.Text),
                new("start", ArgumentType.Flag) { Default = "false" },
            ],
            Changes = Below("clone", "/vms/{id}/actions/clone"),
            Hints = Adding,
            Run = On(static changes => changes.Copy, "clones"),
        },
        new("update_vm_config", "Change guest configuration", "Changes CPU, memory, name, tags, description or start-up of a guest, or grows a disk.")
        {
            Parameters =
            [
                FleetParameter.Guest,
                new("cores", ArgumentType.Integer) { Least = 1, Most = 1_024 },
                new("sockets", ArgumentType.Integer) { Least = 1, Most = 64 },
                new("memory_mb", ArgumentType.Integer) { Least = 16 },
                new("new_name", ArgumentType.Text),
                new("description", ArgumentType.Text),
                new("tags", ArgumentType.Texts, "All tags that it shall have"),
                new("on_boot", ArgumentType.Flag, "Start with its node"),
                new("grow_disk", ArgumentType.Text, "Key of a disk: scsi0, rootfs, xvda"),
                new("grow_by_gb", ArgumentType.Number, "GiB to add to grow_disk"),
                new("digest", ArgumentType.Text, "From get_vm_config: refuse where it has changed since"),
            ],
            Changes = [("PUT", "/nodes/{node}/qemu/{vmid}/config"), ("PUT", "/nodes/{node}/lxc/{vmid}/config"), ("PATCH", "/vms/{id}")],
            Hints = Adding with { Destructive = true, Idempotent = true },
            Run = On(static changes => changes.UpdateConfig, "configuration"),
        },
        new("run_guest_command", "Run command in guest", "Runs an allowed command inside a VM through its agent and tells what it printed.")
        {
            Parameters =
            [
                FleetParameter.Guest,
                new("command", ArgumentType.Text, "Command line; no shell") { Required = true },
            ],
            Changes = [("POST", "/nodes/{node}/qemu/{vmid}/agent/exec")],
            Hints = Harming,
            IsOn = static settings => settings.GuestCommands.Count > 0,
            Run = On(static changes => changes.RunCommand, "way to run commands inside guests by its API"),
        },
    ];

    private static IReadOnlyList<(string Method, string Path)> Below(params IReadOnlyList<string> paths) =>
    [
        .. paths.SelectMany(static path => path.StartsWith('/')
            ? [("POST", path)]
            : (IEnumerable<(string, string)>)[("POST", $"/nodes/{{node}}/qemu/{{vmid}}/{path}"), ("POST", $"/nodes/{{node}}/lxc/{{vmid}}/{path}")]),
    ];

    private static Func<FleetRequest, CancellationToken, Task<FleetAnswer>> On(Func<GuestChanges, GuestChange?> change, string what) =>
        async (request, cancellationToken) =>
        {
            var guest = await GuestLookup.OneAsync(request, cancellationToken);
            return change(guest.Backend.Platform.Guests) is { } run
                ? await run(request, guest, cancellationToken)
                : throw FleetException.Unsupported(guest.Backend, what);
        };
}
