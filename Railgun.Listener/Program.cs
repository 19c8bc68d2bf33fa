using Railgun.Hosting.Commands;
using Railgun.Listener.Startup;

return await DaemonCommandLine.RunAsync(args, ListenerProgram.Description);
