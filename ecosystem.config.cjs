// For pm2: npm run pm2-start builds, then starts this.
module.exports = {
  apps: [
    {
      name: 'parley',
      script: 'apps/server/dist/main.js',
      cwd: __dirname,
      // One process: the embedded database has one owner. With DATABASE_URL and REDIS_URL set, more may run beside it.
      exec_mode: 'fork',
      instances: 1,
      env: { NODE_ENV: process.env.NODE_ENV ?? 'production' },
      // Milliseconds. The server answers what it has begun before it ends; a wrong setting would fail again at once.
      kill_timeout: 15_000,
      min_uptime: 5_000,
      max_restarts: 10,
      exp_backoff_restart_delay: 200,
    },
  ],
}
