/** An open door for syslog messages. */
export interface Listener {
  readonly port: number;
  /** Takes nothing more; resolves when all that was read has been passed on. */
  close(): Promise<void>;
}
