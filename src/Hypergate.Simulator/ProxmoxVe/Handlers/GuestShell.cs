using Hypergate.Simulator.ProxmoxVe.World;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The few programs and files that a simulated Debian has.</summary>
internal static class GuestShell
{
    /// <summary>Null where there is no such program.</summary>
    public static AgentProcess? Run(Guest guest, IReadOnlyList<string> words, string? input, DateTimeOffset now)
    {
        var arguments = words.Skip(1).ToList();
        return words[0].Split('/')[^1] switch
        {
            "id" => Done("uid=0(root) gid=0(root) groups=0(root)\n"),
            "whoami" => Done("root\n"),
            "hostname" => Done(guest.Name + "\n"),
            "uname" => Done(arguments.Contains("-a") ? $"Linux {guest.Name} 6.12.0 #1 SMP x86_64 GNU/Linux\n" : arguments.Contains("-r") ? "6.12.0\n" : "Linux\n"),
            "echo" => Done(string.Join(' ', arguments) + "\n"),
            "uptime" => Done($" {now:HH:mm:ss} up {(int)(now - guest.StartedAt).TotalMinutes} min,  0 users,  load average: 0.00, 0.01, 0.00\n"),
            "true" => Done(""),
            "false" => Done("", "", 1),
            "cat" => Cat(guest, arguments, input),
            "sh" or "bash" when arguments is ["-c", var line] => Run(guest, line.Split(' ', StringSplitOptions.RemoveEmptyEntries), input, now)
                ?? Done("", $"sh: 1: {line.Split(' ')[0]}: not found\n", 127),
            _ => null,
        };

        AgentProcess Done(string output, string error = "", int exitCode = 0) =>
            new() { StartedAt = now, Output = output, Error = error, ExitCode = exitCode };

        AgentProcess Cat(Guest of, List<string> files, string? text)
        {
            if (files.Count == 0)
            {
                return Done(text ?? "");
            }

            var missing = files.Where(file => File(of, file) is null).ToList();
            return Done(
                string.Concat(files.Select(file => File(of, file))),
                string.Concat(missing.Select(static file => $"cat: {file}: No such file or directory\n")),
                missing.Count > 0 ? 1 : 0);
        }
    }

    /// <summary>The text of a file; null where there is none.</summary>
    public static string? File(Guest guest, string path) => path switch
    {
        "/etc/hostname" => guest.Name + "\n",
        "/etc/os-release" => "PRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"13\"\nVERSION=\"13 (trixie)\"\nID=debian\n",
        "/etc/debian_version" => "13.1\n",
        _ => null,
    };
}
